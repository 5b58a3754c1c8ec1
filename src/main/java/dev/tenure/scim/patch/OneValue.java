package dev.tenure.scim.patch;

import dev.tenure.scim.Reading;
import dev.tenure.scim.schema.Attribute;
import dev.tenure.scim.schema.AttributeRef;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Sets and removes a single-valued attribute in the object that holds it.
record OneValue(Attribute attribute, ObjectNode holder) {

  void set(Write write) {
    var value = write.value();
    var merge = write.merge();
    var sub = write.path().attribute().sub();
    if (sub.isPresent()) {
      setSub(object(), sub.orElseThrow(), value, merge);
    } else if (value instanceof ObjectNode members && isMerged(merge)) {
      var object = object();
      members
          .properties()
          .forEach(m ->
              attribute.sub(m.getKey()).ifPresent(s -> setSub(object, s, m.getValue(), merge)));
    } else {
      holder.set(attribute.name(), value.deepCopy());
    }
  }

  void remove(PatchPath path) {
    var sub = path.attribute().sub();
    if (sub.isEmpty()) {
      holder.remove(attribute.name());
    } else if (holder.get(attribute.name()) instanceof ObjectNode object) {
      object.remove(sub.orElseThrow().name());
      if (object.isEmpty()) holder.remove(attribute.name());
    }
  }

  /// A whole extension is replaced as a whole; other objects keep what is not named (RFC 7644
  /// §3.5.2.3).
  private boolean isMerged(Merge merge) {
    return merge == Merge.ADD || !attribute.name().equals(attribute.schema());
  }

  static void setSub(ObjectNode object, Attribute sub, JsonNode value, Merge merge) {
    var path = PatchPath.of(new AttributeRef(sub, false, Optional.empty()));
    var write = new Write(path, value, merge);
    if (sub.multiValued()) {
      new ManyValues(sub, object, Reading.TOLERANT).set(write);
    } else {
      new OneValue(sub, object).set(write);
    }
  }

  private ObjectNode object() {
    return holder.get(attribute.name()) instanceof ObjectNode there
        ? there
        : holder.putObject(attribute.name());
  }
}
