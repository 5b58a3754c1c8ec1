/// Long work that the console and the admin API begin and do not wait for. It runs in this process;
/// what it leaves behind (a plan, receipts) is in the database, how it went is not.
@NullMarked
package dev.tenure.job;

import org.jspecify.annotations.NullMarked;
