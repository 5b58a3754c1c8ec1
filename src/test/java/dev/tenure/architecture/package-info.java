/// The rules of the house that a machine can hold: who may use whom, and how a source file looks.
@NullMarked
package dev.tenure.architecture;

import org.jspecify.annotations.NullMarked;
