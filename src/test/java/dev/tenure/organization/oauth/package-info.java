/// Tests of organization.oauth.
@NullMarked
package dev.tenure.organization.oauth;

import org.jspecify.annotations.NullMarked;
