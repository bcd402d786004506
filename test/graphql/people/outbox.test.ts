import { graphql } from "graphql";
import { beforeAll, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { schema, schemaOf } from "../../../src/graphql/schema.ts";
import { raiseVersion } from "../../../src/store/core/policy-version.ts";
import { viewerOf } from "../../../src/store/core/viewer.ts";
import { invite } from "../../../src/store/people/invitation/invite.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";
import { ACME, NOW } from "../world.ts";

const OUTBOX = "{ outbox { to subject text html token kind status isDoubtful failure createdAt } }";

const productionSchema = schemaOf({ isDevelopment: false });

test("UA-20 the schema of production is the same but for the outbox", () => {
  const fields = (of: typeof schema) => new Set(Object.keys(of.getQueryType()?.getFields() ?? {}));
  expect([...fields(schema).difference(fields(productionSchema))]).toEqual(["outbox"]);
  const types = (of: typeof schema) => new Set(Object.keys(of.getTypeMap()));
  expect([...types(schema).difference(types(productionSchema))].sort()).toEqual([
    "MailKind",
    "MailStatus",
    "OutboxMail",
  ]);
  expect([...types(productionSchema).difference(types(schema))]).toEqual([]);
});

describeOnBoth("the outbox", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    const { database } = await open();
    const other = ACME.replace("key: acme", "key: other");
    await applyOrganizationFile(database, { text: other, name: "other.yaml" }, null, { now: NOW });
    gateway = await openGateway(database);
    for (const org of ["acme", "other"]) await invitePam(org);
  });

  async function invitePam(org: string): Promise<void> {
    const { store, database } = gateway;
    const policy = (await store.policies.get(org))!;
    const [root, pam] = ["root@acme.test", "pam@acme.test"].map((email) => policy.usersByEmail.get(email)!);
    const viewer = viewerOf(store, policy, root!, NOW);
    await database.write(async (tx) => {
      await invite({ tx, viewer }, [{ ...pam!, email: "pam@acme.test" }]);
      await raiseVersion(tx, policy.org.id);
    });
  }

  test("UA-20 in development it shows what the organisation has written, tokens included, and nothing of others", async () => {
    const { outbox } = await gateway.data("ray@acme.test", OUTBOX);
    expect(outbox).toHaveLength(1);
    const [mail] = outbox;
    expect(mail).toMatchObject({
      to: "pam@acme.test",
      subject: "Root invites you to Acme",
      kind: "INVITATION",
      status: "WAITING",
      isDoubtful: false,
      failure: null,
      createdAt: new Date(NOW).toISOString(),
    });
    expect(mail.token).toMatch(/^[\w-]{43}$/);
    expect(mail.text).toContain(`Your code: ${mail.token}`);
    expect(mail.html).toContain(mail.token);
  });

  test("UA-20 nobody reads it without a sign-in", async () => {
    expect(onlyError(await gateway.ask(null, OUTBOX)).extensions["code"]).toBe("UNAUTHENTICATED");
  });

  test("UA-20 in production it is refused by whoever answers, and by the schema before that", async () => {
    const policy = await gateway.store.policies.get("acme");
    const root = policy!.usersByEmail.get("root@acme.test")!;
    const contextValue = { viewer: viewerOf(gateway.store, policy!, root, NOW), development: null };
    const { data, errors } = await graphql({ schema, source: OUTBOX, contextValue });
    expect(data).toEqual({ outbox: null });
    expect(errors?.map(({ originalError }) => originalError)).toMatchObject([{ code: "FORBIDDEN" }]);
    const unknown = await graphql({ schema: productionSchema, source: OUTBOX, contextValue });
    expect(unknown.errors?.[0]?.message).toContain('Cannot query field "outbox"');
  });
});
