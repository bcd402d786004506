import type { AuditKey } from "../kernel/audit-key.ts";
import { KEY_SET_ALGORITHMS, SECRET_ALGORITHMS, type Settings, type Variable } from "./table.ts";
import { isLoopback } from "./values.ts";

/** Signs tokens in development when nothing else is set; everyone knows it, so production refuses it (AP-22). */
export const DEVELOPMENT_SECRET = "sightline-development-secret-known-to-everyone";

/** Signs the audit log in development when nothing else is set; everyone knows it, so production refuses it (AP-22). */
export const DEVELOPMENT_AUDIT_KEY: AuditKey = {
  id: "development",
  secret: "sightline-development-audit-key-known-to-everyone",
};

/** HS256 takes keys of at least the hash's 256 bits (RFC 7518, 3.2). */
const SECRET_BYTES = 32;

/** One thing wrong with the environment. */
export type SettingFault = { readonly variable: string; readonly problem: string };

/**
 * What the settings are for: `SERVE` adds what a production server must have (AP-22), `CHANGE` what everything must have
 * that puts on record what it changes (SA-21).
 */
export type Purpose = "SERVE" | "CHANGE" | "TOOL";

type Rule = readonly [variable: Variable, isBroken: boolean, problem: string];

/** What contradicts each other among the settings, and what a production server lacks (AP-22). */
export function contradictions(values: Settings, purpose: Purpose): readonly SettingFault[] {
  const rules = [
    ...rulesBetween(values),
    ...(purpose === "SERVE" && !values.isDevelopment ? rulesOfProduction(values) : []),
    ...(purpose !== "TOOL" && !values.isDevelopment ? rulesOfRecord(values) : []),
  ];
  return rules.flatMap(([variable, isBroken, problem]) => (isBroken ? [{ variable, problem }] : []));
}

function rulesBetween(values: Settings): readonly Rule[] {
  const source = values.jwksUrl === null ? "a secret" : "a key set";
  const accepted: readonly string[] = values.jwksUrl === null ? SECRET_ALGORITHMS : KEY_SET_ALGORITHMS;
  return [
    [
      "SIGHTLINE_DEV",
      values.isDevelopment && values.nodeEnvironment === "production",
      "is 1 while NODE_ENV is production; production refuses development",
    ],
    [
      "SIGHTLINE_JWKS_URL",
      values.jwtSecret !== null && values.jwksUrl !== null,
      "is set beside SIGHTLINE_JWT_SECRET; keys come from one of the two",
    ],
    [
      "SIGHTLINE_JWT_ALGORITHMS",
      values.jwtAlgorithms.some((algorithm) => !accepted.includes(algorithm)),
      `expected ${accepted.join(", ")} with ${source}`,
    ],
    [
      "SIGHTLINE_GRAPHIQL",
      values.graphiql && !values.introspection,
      "is 1 without SIGHTLINE_INTROSPECTION=1; GraphiQL shows nothing without introspection",
    ],
    [
      "SIGHTLINE_SUPPORT_POSITIONS",
      values.supportAgents.length > 0 && values.supportPositions.length === 0,
      "names no position, so no agent of SIGHTLINE_SUPPORT_AGENTS could be let in",
    ],
    [
      "SIGHTLINE_MAIL_SENDER",
      values.smtpServer !== null && values.mailSender === null,
      "expected the address that mails come from, since SIGHTLINE_SMTP_URL is set",
    ],
    [
      "SIGHTLINE_AUDIT_KEYS",
      new Set(values.auditKeys.map(({ id }) => id)).size < values.auditKeys.length,
      "gives two keys one name; a key that is replaced keeps its own",
    ],
  ];
}

function rulesOfRecord({ auditKeys }: Settings): readonly Rule[] {
  return [
    [
      "SIGHTLINE_AUDIT_KEYS",
      auditKeys.length === 0,
      "expected a key, which signs the audit log; or set SIGHTLINE_DEV=1 for development",
    ],
    [
      "SIGHTLINE_AUDIT_KEYS",
      auditKeys.some(({ secret }) => secret === DEVELOPMENT_AUDIT_KEY.secret),
      "has the development key, which everyone knows",
    ],
  ];
}

function rulesOfProduction(values: Settings): readonly Rule[] {
  const { jwtSecret, jwksUrl, jwtIssuer, jwtAudience, smtpServer, mailPage } = values;
  return [
    [
      "SIGHTLINE_JWT_SECRET",
      jwtSecret === null && jwksUrl === null,
      "expected a key: this, or SIGHTLINE_JWKS_URL; or set SIGHTLINE_DEV=1 for development",
    ],
    [
      "SIGHTLINE_JWT_SECRET",
      jwtSecret === DEVELOPMENT_SECRET,
      "is the development secret, which everyone knows",
    ],
    [
      "SIGHTLINE_JWT_SECRET",
      jwtSecret !== null && Buffer.byteLength(jwtSecret) < SECRET_BYTES,
      `expected at least ${SECRET_BYTES} bytes`,
    ],
    [
      "SIGHTLINE_JWKS_URL",
      jwksUrl !== null && jwksUrl.protocol !== "https:" && !isLoopback(jwksUrl),
      "expected https: keys that come unprotected can be replaced on the way",
    ],
    ["SIGHTLINE_JWT_ISSUER", jwtIssuer === null, "expected the issuer (`iss`) of your tokens"],
    ["SIGHTLINE_JWT_AUDIENCE", jwtAudience === null, "expected the audience (`aud`) of your tokens"],
    [
      "SIGHTLINE_MAIL_PAGE",
      mailPage !== null && mailPage.protocol !== "https:" && !isLoopback(mailPage),
      "expected https: the token behind the link opens an account",
    ],
    [
      "SIGHTLINE_MAIL_PAGE",
      smtpServer !== null && mailPage === null,
      "expected the page that invitations lead to, since SIGHTLINE_SMTP_URL is set",
    ],
  ];
}
