/// What tests stand on: real servers, started by the test run, and small builders.
@NullMarked
package dev.tenure.testkit;

import org.jspecify.annotations.NullMarked;
