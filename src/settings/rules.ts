import type { SettingFault } from "./setting.ts";
import {
  DEVELOPMENT_SECRET,
  type JwtAlgorithm,
  KEY_SET_ALGORITHMS,
  type Purpose,
  SECRET_ALGORITHMS,
  SECRET_BYTES,
  type Settings,
  TABLE,
} from "./table.ts";

/** What contradicts each other among the settings, and what a production server lacks (AP-22). */
export function contradictions(values: Settings, purpose: Purpose): readonly SettingFault[] {
  const rules: readonly (readonly [
    isBroken: boolean,
    row: { readonly variable: string },
    problem: string,
  ])[] = [
    [
      values.isDevelopment && values.nodeEnvironment === "production",
      TABLE.isDevelopment,
      "is 1 while NODE_ENV is production; production refuses development (AP-21)",
    ],
    [
      values.jwtSecret !== null && values.jwksUrl !== null,
      TABLE.jwksUrl,
      "is set beside SIGHTLINE_JWT_SECRET; keys come from one of the two",
    ],
    [
      values.jwtAlgorithms.some((algorithm) => !acceptable(values).includes(algorithm)),
      TABLE.jwtAlgorithms,
      `expected ${acceptable(values).join(", ")} with ${values.jwksUrl === null ? "a secret" : "a key set"}`,
    ],
    [
      values.graphiql && !values.introspection,
      TABLE.graphiql,
      "is 1 without SIGHTLINE_INTROSPECTION=1; GraphiQL shows nothing without introspection",
    ],
    [
      values.supportAgents.length > 0 && values.supportPositions.length === 0,
      TABLE.supportPositions,
      "names no position, so no agent of SIGHTLINE_SUPPORT_AGENTS could be let in (SA-02)",
    ],
    ...(purpose === "SERVE" && !values.isDevelopment ? productionRules(values) : []),
  ];
  return rules.flatMap(([isBroken, row, problem]) => (isBroken ? [{ variable: row.variable, problem }] : []));
}

function productionRules(values: Settings) {
  const { jwtSecret: secret, jwksUrl } = values;
  const or = "or set SIGHTLINE_DEV=1 for development";
  return [
    [
      secret === null && jwksUrl === null,
      TABLE.jwtSecret,
      `expected a key: this, or SIGHTLINE_JWKS_URL; ${or} (AP-22)`,
    ],
    [
      secret === DEVELOPMENT_SECRET,
      TABLE.jwtSecret,
      "is the development secret, which everyone knows (AP-22)",
    ],
    [
      secret !== null && Buffer.byteLength(secret) < SECRET_BYTES,
      TABLE.jwtSecret,
      `expected at least ${SECRET_BYTES} bytes (AP-22)`,
    ],
    [
      jwksUrl !== null && jwksUrl.protocol !== "https:" && !isLoopback(jwksUrl),
      TABLE.jwksUrl,
      "expected https: keys that come unprotected can be replaced on the way",
    ],
    [values.jwtIssuer === null, TABLE.jwtIssuer, "expected the issuer (`iss`) of your tokens (AP-20)"],
    [values.jwtAudience === null, TABLE.jwtAudience, "expected the audience (`aud`) of your tokens (AP-20)"],
  ] as const;
}

function acceptable(values: Settings): readonly JwtAlgorithm[] {
  return values.jwksUrl === null ? SECRET_ALGORITHMS : KEY_SET_ALGORITHMS;
}

function isLoopback(url: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}
