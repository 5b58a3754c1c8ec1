@NullMarked
package dev.tenure.access.openid;

import org.jspecify.annotations.NullMarked;
