import { createServer } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { getAuthTables } from "better-auth/db";
import { toNodeHandler } from "better-auth/node";
import { scim } from "@better-auth/scim";

const token = process.env.SCIM_TOKEN;
const options = {
  secret: "only-for-tests-0123456789-0123456789",
  baseURL: "http://127.0.0.1",
  basePath: "",
  logger: { disabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  plugins: [
    scim({ connections: [{ id: "tests", credentials: [{ type: "bearer", id: "one", token }] }] }),
  ],
};
// The adapter copies its tables for each transaction: they must all be there.
const tables = Object.fromEntries(
  Object.values(getAuthTables(options)).map((table) => [table.modelName, []]),
);
const auth = betterAuth({ ...options, database: memoryAdapter(tables) });
const server = createServer(toNodeHandler(auth));
server.listen(0, "127.0.0.1", () => {
  console.log("serving at http://127.0.0.1:%d/scim/v2", server.address().port);
});
