import { randomUUID } from "node:crypto";
import express from "express";
import SCIMMY from "scimmy";
import SCIMMYRouters from "scimmy-routers";

// Keeps what it is given in memory; the protocol is SCIMMY's.
function store(type, unique) {
  const kept = new Map();
  const find = (id) => {
    if (!kept.has(id)) throw new SCIMMY.Types.Error(404, null, `Resource ${id} not found`);
    return kept.get(id);
  };
  SCIMMY.Resources.declare(type)
    .ingress((resource, data) => {
      const before = resource.id ? find(resource.id) : undefined;
      const name = (one) => String(one[unique]).toLowerCase();
      for (const other of unique ? kept.values() : []) {
        if (other.id !== before?.id && name(other) === name(data)) {
          throw new SCIMMY.Types.Error(409, "uniqueness", `${unique} is taken`);
        }
      }
      const now = new Date().toISOString();
      const meta = { created: before?.meta.created ?? now, lastModified: now };
      const next = { ...JSON.parse(JSON.stringify(data)), id: before?.id ?? randomUUID(), meta };
      kept.set(next.id, next);
      return next;
    })
    .egress((resource) => {
      if (resource.id) return find(resource.id);
      const all = [...kept.values()];
      return resource.filter ? resource.filter.match(all) : all;
    })
    .degress((resource) => {
      find(resource.id);
      kept.delete(resource.id);
    });
}

store(SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false), "userName");
store(SCIMMY.Resources.Group);
const routers = new SCIMMYRouters({
  type: "bearer",
  handler: (request) => {
    if (request.header("Authorization") !== `Bearer ${process.env.SCIM_TOKEN}`) {
      throw new Error("another token is wanted");
    }
    return "tests";
  },
});
const server = express().use("/scim/v2", routers).listen(0, "127.0.0.1", () => {
  console.log("serving at http://127.0.0.1:%d/scim/v2", server.address().port);
});
