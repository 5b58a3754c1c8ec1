package dev.tenure.deliver.budget;

import dev.tenure.target.Budget;
import dev.tenure.target.Budget.Ask;
import dev.tenure.target.Budget.Grant;
import dev.tenure.target.Budget.Heard;
import dev.tenure.target.Budget.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The arithmetic of one target's budget; knows no clock and no database, so that it can be tried
/// at any time. A limit that is announced is used up as [Announced] has it; where it is configured
/// or learned, requests are spaced evenly, a little below it.
final class Bucket {
  /// Of a limit whose window is not known so much is used: at either end of a window one or two
  /// requests may arrive later than others.
  private static final double SLACK = 0.975;

  /// Of the pace, reads are sure of this part.
  private static final double READS = 0.2;

  /// Seconds after which nobody wants to send changes any more.
  private static final double CHANGES_LATELY = 2;

  /// Requests a second before the first answer: nobody knows whether there is a limit.
  private static final double FIRST_PACE = 20;

  private static final Duration WAIT_USUAL = Duration.ofSeconds(1);
  private static final double WAIT_MAX_MILLIS = 60_000;
  private static final double PACE_MAX = 1e9;
  private static final double MINUTE = 60;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private double tokens;
  private Instant at;
  private Instant readAt;
  private Instant changeAt;
  private Instant blockedUntil;
  private int underWay;
  private boolean met;
  private Sent sent;
  private Learned learned;
  private Refused refused;
  private Optional<Announced> announced;

  private Bucket(Instant now) {
    this.tokens = 1;
    this.at = now;
    this.readAt = Instant.EPOCH;
    this.changeAt = Instant.EPOCH;
    this.blockedUntil = Instant.EPOCH;
    this.sent = new Sent(now, 0, 0);
    this.learned = Learned.nothing(now);
    this.refused = Refused.NONE;
    this.announced = Optional.empty();
  }

  static Bucket fresh(Instant now) {
    return new Bucket(now);
  }

  /// Whether nothing limits it now.
  boolean isFree(Terms terms, Instant now) {
    return met
        && terms.perMinute().isEmpty()
        && announced.isEmpty()
        && !learned.isSomething()
        && !now.isBefore(blockedUntil);
  }

  /// Tokens for this ask.
  Grant take(Terms terms, Ask ask, Instant now) {
    refill(terms, now);
    if (ask.use() != Use.READ) changeAt = now;
    if (now.isBefore(blockedUntil)) return new Grant(0, blockedUntil, false);
    var may = available(terms, ask, now);
    var count = (int) Math.clamp(Math.floor(may + 1e-9), 0, ask.count());
    if (count == 0) return new Grant(0, next(terms, ask, now), false);
    if (ask.use() == Use.READ) readAt = now;
    spend(count, now);
    return new Grant(count, now, false);
  }

  private double available(Terms terms, Ask ask, Instant now) {
    if (isFree(terms, now)) return ask.count();
    var left = announced.map(a -> a.ours(terms));
    var most = left.orElse(Double.MAX_VALUE);
    return switch (ask.use()) {
      case LEAVER -> Math.min(tokens + reserve(terms), most);
      case CHANGE -> Math.min(tokens, most - kept(terms, now));
      case READ -> Math.min(Math.min(tokens + ahead(terms, now), most), 1);
    };
  }

  /// By how many tokens a read is ahead of changes: where some want to be sent it waits until its
  /// part is due, and then goes before them.
  private double ahead(Terms terms, Instant now) {
    if (seconds(changeAt, now) > CHANGES_LATELY) return 0;
    var pace = pace(terms, now);
    var isDue = pace > 0 && seconds(readAt, now) >= 1 / (pace * READS);
    return isDue ? 1 : Double.NEGATIVE_INFINITY;
  }

  /// By how many tokens leavers may overdraw.
  private double reserve(Terms terms) {
    return terms.reserve()
        * announced.map(a -> (double) a.allowed()).orElseGet(() -> even(terms).orElse(MINUTE));
  }

  /// What is kept for leavers of an announced limit.
  private double kept(Terms terms, Instant now) {
    return announced.map(a -> a.kept(terms, now)).orElse(0.0);
  }

  /// Tokens per second; 0 where there is nothing to be had before the next window.
  private double pace(Terms terms, Instant now) {
    var most = met ? Double.MAX_VALUE : FIRST_PACE;
    var told = announced.map(a -> a.pace(terms, now)).orElse(most);
    return Math.min(told, even(terms).orElse(Double.MAX_VALUE) * terms.share() / MINUTE);
  }

  /// Requests a minute, evenly spaced, under the limit that is configured or learned.
  private OptionalDouble even(Terms terms) {
    var configured = terms.perMinute().orElse(Long.MAX_VALUE) * SLACK;
    if (announced.isEmpty() && learned.isSomething()) {
      return OptionalDouble.of(Math.max(1, Math.min(learned.perMinute(), configured)));
    }
    return terms.perMinute().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(configured);
  }

  /// How many requests a minute it lets through, for who wants to know how long something takes.
  OptionalLong rate(Terms terms) {
    var told = announced.map(a -> (long) (a.even(terms) * MINUTE));
    var even = even(terms);
    if (even.isEmpty()) return told.map(OptionalLong::of).orElse(OptionalLong.empty());
    var spaced = (long) (even.getAsDouble() * terms.share());
    return OptionalLong.of(Math.min(spaced, told.orElse(Long.MAX_VALUE)));
  }

  Budget.Load load(Terms terms, boolean quarantined, Instant now) {
    return new Budget.Load(
        Math.round(sent.inLastMinute(now)),
        rate(terms),
        blocked(now),
        quarantined,
        refused.hours());
  }

  /// How long it takes to send so many changes, where that is limited.
  Optional<Duration> lasting(Terms terms, long changes, Instant now) {
    refill(terms, now);
    var told = announced.map(a -> a.lasting(terms, changes, now));
    var even = even(terms);
    if (told.isEmpty() && even.isEmpty()) return Optional.empty();
    var spaced = even.isEmpty() ? 0 : changes * MINUTE / (even.getAsDouble() * terms.share());
    var millis = (long) (Math.max(told.orElse(0.0), spaced) * 1000);
    return Optional.of(Duration.between(now, blocked(now).orElse(now)).plusMillis(millis));
  }

  /// Until when the target asked to be left alone.
  Optional<Instant> blocked(Instant now) {
    return Optional.of(blockedUntil).filter(now::isBefore);
  }

  private void refill(Terms terms, Instant now) {
    announced = announced.map(a -> a.at(now));
    learned = learned.at(now);
    var pace = Math.min(pace(terms, now), PACE_MAX);
    var burst = announced.map(a -> a.burst(pace)).orElse(pace * Announced.BURST_SECONDS);
    if (now.isAfter(at)) {
      tokens = Math.min(Math.max(1, burst), tokens + pace * seconds(at, now));
    }
    // A clock that was set back must not stop us until it has caught up.
    at = now;
    if (Duration.between(now, blockedUntil).compareTo(Duration.ofHours(1)) > 0) blockedUntil = now;
  }

  private Instant next(Terms terms, Ask ask, Instant now) {
    var pace = pace(terms, now);
    if (pace <= 0) return announced.map(Announced::resetAt).orElse(now.plus(WAIT_USUAL));
    var missing = Math.max(0.01, 1 - available(terms, ask, now));
    return now.plusMillis((long) Math.clamp(Math.ceil(missing / pace * 1000), 1, WAIT_MAX_MILLIS));
  }

  private void spend(double count, Instant now) {
    tokens -= count;
    underWay += (int) count;
    sent = sent.plus(count, now);
    learned = learned.plus(count);
    announced = announced.map(a -> a.without(count));
  }

  /// Tokens that were sent without being asked for.
  void charge(double count, Instant now) {
    spend(count, now);
  }

  void giveBack(int count, Instant now) {
    spend(-count, now);
    underWay = Math.max(0, underWay);
  }

  /// So many answers came.
  void answered(int count) {
    underWay = Math.max(0, underWay - count);
    if (count > 0) met = true;
  }

  void heard(Terms terms, Heard heard, Instant now) {
    heard
        .window()
        .ifPresent(told ->
            announced =
                Optional.of(
                    announced
                        .map(a -> a.at(now).told(told, underWay, now))
                        .orElseGet(() -> Announced.first(told, underWay, now))));
    if (heard.status() == TOO_MANY) refused(terms, heard, now);
    else if (heard.status() == UNAVAILABLE) block(heard, now);
  }

  /// Several refusals at once are one lesson.
  private void refused(Terms terms, Heard heard, Instant now) {
    sent = sent.plus(-1, now);
    refused = refused.plus(now);
    learned = learned.plus(-1);
    var first = !now.isBefore(blockedUntil);
    block(heard, now);
    tokens = Math.min(tokens, 0);
    if (!first || announced.isPresent()) return;
    var through = sent.inLastMinute(now) - underWay;
    learned = learned.at(now).refused(through, underWay, blockedUntil, now);
    if (terms.perMinute().isPresent() && learned.perMinute() > terms.perMinute().getAsLong()) {
      learned = Learned.nothing(now);
    }
  }

  private void block(Heard heard, Instant now) {
    var until = now.plus(heard.retryAfter().orElse(WAIT_USUAL));
    if (until.isAfter(blockedUntil)) blockedUntil = until;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  ObjectNode json() {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("tokens", tokens).put("at", at.toString()).put("readAt", readAt.toString());
    node.put("changeAt", changeAt.toString());
    node.put("blockedUntil", blockedUntil.toString()).put("underWay", underWay);
    node.put("met", met);
    sent.json(node.putObject("sent"));
    learned.json(node.putObject("learned"));
    refused.json(node.putObject("refused"));
    announced.ifPresent(a -> a.json(node.putObject("announced")));
    return node;
  }

  static Bucket of(JsonNode node, Instant now) {
    var bucket = new Bucket(now);
    if (!node.has("tokens")) return bucket;
    bucket.tokens = node.path("tokens").doubleValue();
    bucket.at = Instant.parse(node.path("at").stringValue());
    bucket.readAt = Instant.parse(node.path("readAt").stringValue());
    bucket.changeAt = Instant.parse(node.path("changeAt").stringValue());
    bucket.blockedUntil = Instant.parse(node.path("blockedUntil").stringValue());
    bucket.underWay = node.path("underWay").intValue();
    bucket.met = node.path("met").booleanValue(true);
    bucket.sent = Sent.of(node.path("sent"));
    bucket.learned = Learned.of(node.path("learned"));
    bucket.refused = Refused.of(node.path("refused"));
    bucket.announced = Optional.ofNullable(node.get("announced")).map(Announced::of);
    return bucket;
  }
}
