/// `tenure.yaml`: read with the place of every value, checked against the published JSON Schema,
/// and handed out section by section to the records that stand beside their features. Gathers all
/// problems before anything starts; knows no feature. The only door to YAML.
@NullMarked
package dev.tenure.config;

import org.jspecify.annotations.NullMarked;
