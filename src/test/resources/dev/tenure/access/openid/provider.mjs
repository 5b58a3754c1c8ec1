import { Provider } from "oidc-provider";

const { ISSUER, PORT, TENURE, MODE = "" } = process.env;
// Who signs in, with any password, and in which groups they are.
const groups = { ada: ["tenure-admins", "staff"], olga: ["tenure-operators"], vera: ["tenure-viewers"] };
const provider = new Provider(ISSUER, {
  clients: [
    {
      client_id: "tenure",
      client_secret: "the secret / of: tenure+",
      redirect_uris: [`${TENURE}/console/sign-in/callback`],
      post_logout_redirect_uris: [`${TENURE}/console/sign-in`],
      token_endpoint_auth_method: MODE.includes("form") ? "client_secret_post" : "client_secret_basic",
      id_token_signed_response_alg: MODE.includes("ec") ? "ES256" : "RS256",
    },
  ],
  clientAuthMethods: [MODE.includes("form") ? "client_secret_post" : "client_secret_basic"],
  scopes: ["openid", "groups"],
  claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
  // Else claims of scopes are told by UserInfo only.
  conformIdTokenClaims: !MODE.includes("fat"),
  pkce: { required: () => true },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: id.toUpperCase(),
      preferred_username: `${id}@example.com`,
      groups: groups[id] ?? (id === "nobody" ? undefined : ["staff"]),
    }),
  }),
  jwks: {
    keys: await Promise.all([rsa(), ec()]),
  },
  cookies: { keys: ["only-for-tests"] },
});

async function rsa() {
  const { generateKeyPair, exportJWK } = await import("jose");
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256" };
}

async function ec() {
  const { generateKeyPair, exportJWK } = await import("jose");
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { ...(await exportJWK(privateKey)), use: "sig", alg: "ES256" };
}

provider.on("server_error", (_, error) => console.log(error));
provider.listen(Number(PORT), "127.0.0.1", () => console.log("serving at %s", ISSUER));
