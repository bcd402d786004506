import { beforeEach, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { SUITE } from "../applications/suite.ts";
import { AGENT, type Gateway, onlyError, openGateway } from "../gateway.ts";

const [ADA, AMY, CORA, DORA, PIA] = ["ada", "amy", "cora", "dora", "pia"].map(
  (name) => `${name}@acme.test`,
) as [string, string, string, string, string];

/** Cora administers CRM and Dora does too; Amy has the Administrator profile; all manage people. */
const WORLD = SUITE.replace("seats: { regular: 9, team: 1 }", "seats: { regular: 20, team: 1 }")
  .replace(
    "  none@acme.test:",
    `  ${CORA}: { name: Cora, role: head, profile: people }\n  ${AMY}: { name: Amy, role: head, profile: administrator }\n  none@acme.test:`,
  )
  .replace(
    "applications:\n  DESK: {",
    `applications:\n  CRM: { administrators: [${CORA}, ${DORA}] }\n  DESK: {`,
  )
  .concat(`supportAccess: { agent: ${AGENT}, grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-31 }\n`);

/** On the vendor's list, and never let in. */
const COLLEAGUE = "colleague@vendor.test";

describeOnBoth("no door leads into somebody else's rights", (open) => {
  let gateway: Gateway;
  beforeEach(async () => {
    const settings = { SIGHTLINE_SUPPORT_AGENTS: `${AGENT}:Engineer,${COLLEAGUE}:Engineer` };
    gateway = await openGateway((await open()).database, WORLD, { settings });
  });

  function change(as: string, name: string, input: object, select = "__typename") {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    return gateway.ask(as, `mutation ($input: ${type}!) { ${name}(input: $input) { ${select} } }`, { input });
  }
  const move = async (as: string, whom: string, email = "second@elsewhere.test") =>
    change(as, "changeUserEmail", { id: await gateway.user(whom), email });

  test("UA-63 UA-01 the address of who administers an application is for who administers it too", async () => {
    expect(onlyError(await move(PIA, CORA))).toMatchObject({
      message: "Cora administers CRM, and you do not.",
      extensions: { code: "FORBIDDEN" },
    });
    expect((await move(DORA, CORA)).errors).toBeUndefined();
    expect((await move(ADA, DORA, "third@elsewhere.test")).errors).toBeUndefined();
  });

  test("UA-31 CA-02 CRM of an administrator is switched by administrators alone, and offered to nobody else", async () => {
    const user = await gateway.user(AMY);
    const actions = `query ($id: ID!) { node(id: $id) { ... on User { applications { key availableActions } } } }`;
    const offered = async (as: string) =>
      (await gateway.data(as, actions, { id: user }))["node"].applications;
    expect(await offered(DORA)).toEqual([{ key: "CRM", availableActions: [] }]);
    const input = { user, application: "CRM" };
    expect(onlyError(await change(DORA, "disableApplication", input)).extensions["code"]).toBe("FORBIDDEN");
    expect((await change(ADA, "disableApplication", input)).errors).toBeUndefined();
  });

  test("SA-06 UA-22 an address of the vendor is refused like somebody's, whether its agent was let in or not", async () => {
    const told = async (email: string) => {
      const applications = [{ application: "ANALYTICS", values: { role: "Viewer" } }];
      const csv = `email,ANALYTICS.role\n${email},Viewer\n`;
      const preview = "query ($csv: String!) { invitationPreview(csv: $csv) { refusal { code message } } }";
      const answers = [
        await change(ADA, "inviteUser", { email, applications }),
        await change(
          ADA,
          "inviteUsers",
          { items: [{ email, applications }] },
          "items { refusal { code message } }",
        ),
        await change(
          ADA,
          "addApplicationUsers",
          { application: "ANALYTICS", values: { role: "Viewer" }, items: [{ email }] },
          "items { refusal { code message } }",
        ),
        await gateway.ask(ADA, preview, { csv }),
        await move(ADA, "none@acme.test", email),
      ];
      return JSON.stringify(answers).replaceAll(email, "the address");
    };
    const [letIn, other] = [await told(AGENT), await told(COLLEAGUE)];
    expect(letIn).toBe(other);
    expect(letIn.match(/"CONFLICT"/g)).toHaveLength(5);
  });

  test("SA-06 UA-63 nor is it confirmed as one's own", async () => {
    await move("ray@acme.test", "ray@acme.test", COLLEAGUE);
    const mail = await gateway.database.reader.mailMessage.findFirstOrThrow({
      where: { address: COLLEAGUE },
    });
    const answer = await change("ray@acme.test", "confirmUserEmail", { token: mail.secret });
    expect(onlyError(answer).extensions["code"]).toBe("CONFLICT");
  });
});
