@NullMarked
package dev.tenure.notify.mail;

import org.jspecify.annotations.NullMarked;
