import { expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { describeOnBoth, type OpenDatabase, openTestStore } from "../../database.ts";
import { type Answer, type Gateway, onlyError, openGateway, type Shown } from "../gateway.ts";
import { absentId } from "../noun-id.ts";
import { NOW } from "../world.ts";
import { HELD, SUITE } from "./suite.ts";

const ADA = "ada@acme.test";
const ROOT = "root@acme.test";
const DORA = "dora@acme.test";
const DESK = { role: "Agent", profile: "Agent", department: "General" };
const ANALYTICS = [{ application: "ANALYTICS", values: { role: "Viewer" } }];

const INVITE = `mutation ($input: InviteUserInput!) { inviteUser(input: $input) { user { id name email status license role { key } applications { key isEnabled values } } } }`;
const INVITE_ALL = `mutation ($input: InviteUsersInput!) { inviteUsers(input: $input) { items { email isDone refusal { code field message } user { name status } } } }`;
const ADD = `mutation ($input: AddApplicationUsersInput!) { addApplicationUsers(input: $input) { items { isDone refusal { code field } user { name status applications { key } } } } }`;
const PREVIEW = `query ($csv: String!) { invitationPreview(csv: $csv) { line email name applications refusal { code field message } } }`;

async function fresh(open: OpenDatabase, text = SUITE) {
  const gateway = await openGateway((await open()).database, text);
  const ask = (as: string, input: object) => gateway.ask(as, INVITE, { input });
  return {
    gateway,
    done: async (as: string, input: object): Promise<Shown> => {
      const answer = await ask(as, input);
      expect(answer.errors).toBeUndefined();
      return answer.data?.["inviteUser"].user;
    },
    refused: async (as: string, input: object) => onlyError(await ask(as, input)),
  };
}

/** What stands open for the person with the address, and the mail that says so. */
async function mailOf({ database }: Gateway, email: string) {
  const user = await database.reader.user.findFirstOrThrow({ where: { email } });
  const where = { userId: user.id };
  return {
    tokens: await database.reader.mailedToken.count({ where }),
    mails: await database.reader.mailMessage.findMany({ where, select: { kind: true, address: true } }),
  };
}

describeOnBoth("UA-20 people are added to an application", (open) => {
  test("UA-20 AP-07 whoever is named by id and by address is added once, and told of the second time", async () => {
    const { gateway } = await fresh(open);
    const none = await gateway.user("none@acme.test");
    const items = [
      { user: none },
      { email: "None@acme.test" },
      { user: await gateway.user("lia@acme.test") },
    ];
    const input = { application: "ANALYTICS", values: { role: "Viewer" }, items };
    const answer = await gateway.data(ADA, ADD, { input });
    expect(answer["addApplicationUsers"].items).toMatchObject([
      { isDone: true, refusal: null },
      { isDone: false, refusal: { code: "BAD_USER_INPUT", field: "input.items.1" } },
      { isDone: true, refusal: null },
    ]);
  });
});

describeOnBoth("UA-20 somebody is invited", (open) => {
  test("UA-20 UA-22 pending, with applications and a mail, under the address in lower case", async () => {
    const { gateway, done } = await fresh(open);
    const user = await done(DORA, {
      email: "New.Person@Acme.test",
      name: "New Person",
      applications: [{ application: "DESK", values: DESK }],
    });
    expect(user).toMatchObject({
      name: "New Person",
      email: "new.person@acme.test",
      status: "PENDING",
      license: "REGULAR",
      role: null,
      applications: [{ key: "DESK", isEnabled: true, values: DESK }],
    });
    expect(await mailOf(gateway, "new.person@acme.test")).toEqual({
      tokens: 1,
      mails: [{ kind: "INVITATION", address: "new.person@acme.test" }],
    });
    const [event] = await gateway.database.reader.auditEvent.findMany({
      orderBy: { sequence: "desc" },
      take: 1,
    });
    expect(event).toMatchObject({ action: "INVITE_USER", targetType: "User" });
    expect(JSON.stringify(event?.after)).not.toContain("token");
  });

  test("UA-20 without a name what stands before the @ is one, and numbers go on without a gap", async () => {
    const { gateway, done } = await fresh(open);
    const before = await gateway.database.reader.organization.findFirstOrThrow();
    expect((await done(ADA, { email: "jo@acme.test", applications: ANALYTICS })).name).toBe("jo");
    const row = await gateway.database.reader.user.findFirstOrThrow({ where: { email: "jo@acme.test" } });
    expect(row.seq).toBe(before.nextUserSeq);
    await done(ADA, { email: "al@acme.test", applications: ANALYTICS });
    expect((await gateway.database.reader.organization.findFirstOrThrow()).nextUserSeq).toBe(
      before.nextUserSeq + 2,
    );
  });

  test("UA-20 UA-31 TU-07 TU-20 with CRM's place; a team user with their profile and roles in team modules", async () => {
    const text = SUITE.replace(
      "modules:\n  leads:",
      "modules:\n  tickets: { label: Tickets, kind: TEAM }\n  leads:",
    ).replace("team: 1", "team: 2");
    const { gateway, done, refused } = await fresh(open, text);
    const role = await gateway.id("Role", "rep");
    const profile = await gateway.id("Profile", "plain");
    const reportsTo = await gateway.user("pia@acme.test");
    const crm = (values: object) => [{ application: "CRM", values }];
    const user = await done(ROOT, {
      email: "rep@acme.test",
      applications: crm({ role, profile, reportsTo }),
    });
    expect(user).toMatchObject({
      role: { key: "rep" },
      applications: [{ key: "CRM", values: { role, profile, reportsTo } }],
    });
    await done(ROOT, {
      email: "team@acme.test",
      license: "TEAM",
      applications: crm({ role }),
      teamModules: [{ module: "tickets", role: "MEMBER" }],
    });
    const row = await gateway.database.reader.user.findFirstOrThrow({ where: { email: "team@acme.test" } });
    const held = await gateway.database.reader.profile.findFirstOrThrow({ where: { key: "team-user" } });
    expect(row).toMatchObject({ license: "TEAM", profileId: held.id });
    expect(
      await gateway.database.reader.teamMembership.count({ where: { userId: row.id, role: "MEMBER" } }),
    ).toBe(1);
    const above = await refused(ROOT, {
      email: "no@acme.test",
      applications: crm({ role: await gateway.id("Role", "ceo"), profile, reportsTo }),
    });
    expect(above.extensions).toMatchObject({ code: "CONFLICT", requirement: "SH-25" });
    const other = await refused(ROOT, {
      email: "no@acme.test",
      license: "TEAM",
      applications: crm({ role, profile }),
    });
    expect(other.extensions).toMatchObject({ code: "ACTION_NOT_AVAILABLE", requirement: "TU-07" });
  });

  test("TU-04 an edition without team users invites none", async () => {
    const text = SUITE.replace("edition: ENTERPRISE", "edition: FREE")
      .replace("role: rep, license: TEAM }", "role: rep }")
      .replace("regular: 9", "regular: 20");
    const { refused } = await fresh(open, text);
    const { extensions } = await refused(ADA, {
      email: "t@acme.test",
      license: "TEAM",
      applications: ANALYTICS,
    });
    expect(extensions).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      requirement: "TU-04",
      field: "input.license",
    });
  });

  test.each<[string, string, object, object]>([
    [
      "an address that somebody has, in another case",
      ADA,
      { email: "RAY@acme.test" },
      { code: "CONFLICT", field: "input.email", requirement: "UA-22" },
    ],
    ["no address", ADA, { email: "ray" }, { code: "BAD_USER_INPUT", field: "input.email" }],
    ["a name that cannot be seen", ADA, { name: " " }, { code: "BAD_USER_INPUT", field: "input.name" }],
    [
      "no application",
      ADA,
      { applications: [] },
      { code: "BAD_USER_INPUT", field: "input.applications", requirement: "UA-20" },
    ],
    [
      "an application that is none",
      ADA,
      { applications: [{ application: "DESKS" }] },
      { code: "BAD_USER_INPUT", field: "input.applications.0.application" },
    ],
    [
      "an application twice",
      ADA,
      { applications: [...ANALYTICS, ...ANALYTICS] },
      { code: "BAD_USER_INPUT", field: "input.applications.1.application" },
    ],
    [
      "an application without what it needs",
      ADA,
      { applications: [{ application: "DESK" }] },
      { code: "BAD_USER_INPUT", field: "input.applications.0.values.role", requirement: "UA-30" },
    ],
    [
      "a module that is none",
      ADA,
      { teamModules: [{ module: "nowhere", role: "ADMIN" }] },
      { code: "BAD_USER_INPUT", field: "input.teamModules.0.module" },
    ],
    [
      "a module that is no team module",
      ADA,
      { teamModules: [{ module: "leads", role: "ADMIN" }] },
      { code: "BAD_USER_INPUT", field: "input.teamModules.0.module", requirement: "TU-20" },
    ],
    ["an application that is not administered", DORA, {}, { code: "FORBIDDEN", requirement: "UA-01" }],
    ["no right to manage people", "ray@acme.test", {}, { code: "FORBIDDEN" }],
    ["a team user", "tia@acme.test", {}, { code: "FORBIDDEN", requirement: "TU-12t" }],
    [
      "a role that is none",
      ADA,
      {
        applications: [
          { application: "CRM", values: { role: absentId("Role"), profile: absentId("Profile") } },
        ],
      },
      { code: "NOT_FOUND", field: "input.applications.0.values.role" },
    ],
  ])("UA-20 UA-30 %s: refused, nothing written and no mail", async (_, as, change, expected) => {
    const { gateway, refused } = await fresh(open);
    const before = await gateway.database.reader.user.count();
    const { extensions } = await refused(as, { email: "new@acme.test", applications: ANALYTICS, ...change });
    expect(extensions).toMatchObject(expected);
    expect(await gateway.database.reader.user.count()).toBe(before);
    expect(await gateway.database.reader.mailMessage.count()).toBe(0);
    expect(await gateway.database.reader.mailedToken.count()).toBe(0);
  });

  test("UA-31 CA-02 nobody invites with a profile that holds more than they do", async () => {
    const text = SUITE.replace(
      "applications:\n  DESK:",
      "applications:\n  CRM: { administrators: [dora@acme.test] }\n  DESK:",
    );
    const { gateway, refused, done } = await fresh(open, text);
    const role = await gateway.id("Role", "rep");
    const crm = async (key: string) => ({
      email: "new@acme.test",
      applications: [{ application: "CRM", values: { role, profile: await gateway.id("Profile", key) } }],
    });
    for (const key of ["standard", "administrator"])
      expect((await refused(DORA, await crm(key))).extensions["code"], key).toBe("FORBIDDEN");
    await done(DORA, await crm("plain"));
  });

  test("UA-10 UA-11 the last seat is somebody's, and a restricted user needs none", async () => {
    const { gateway, refused, done } = await fresh(open, SUITE.replace("regular: 9", `regular: ${HELD}`));
    const { extensions } = await refused(ADA, { email: "a@acme.test", applications: ANALYTICS });
    expect(extensions).toMatchObject({ code: "NO_SEAT", used: HELD, total: HELD });
    await done(ADA, {
      email: "b@acme.test",
      applications: [{ application: "DESK", values: { ...DESK, lightAgent: true } }],
    });
    const { organization } = await gateway.data(
      ROOT,
      "{ organization { seats { regularUsed restricted } } }",
    );
    expect(organization.seats).toEqual({ regularUsed: HELD, restricted: 3 });
  });
});

describeOnBoth("BU-02 whoever was invited comes back from the file", (open) => {
  test("BU-02 UA-20 without a profile where none was given, and pending", async () => {
    const { gateway, done } = await fresh(open);
    await done(ADA, { email: "new@acme.test", applications: ANALYTICS });
    const text = printOrganizationFile(await exportOrganization(gateway.database, "acme"));
    expect(text).toContain("new@acme.test: { name: new, profile: null, status: PENDING");
    const other = await open();
    await applyOrganizationFile(other.database, { text, name: "acme.yaml" }, null, { now: NOW });
    expect(printOrganizationFile(await exportOrganization(other.database, "acme"))).toBe(text);
    const row = await other.database.reader.user.findFirstOrThrow({ where: { email: "new@acme.test" } });
    expect(row).toMatchObject({ profileId: null, roleId: null, status: "PENDING" });
  });
});

describeOnBoth("UA-65 many are invited", (open) => {
  test("UA-65 AP-07 each is answered for, in the order of the input", async () => {
    const { gateway } = await fresh(open);
    const items = [
      { email: "a@acme.test", applications: ANALYTICS },
      { email: "ray@acme.test", applications: ANALYTICS },
      { email: "nobody", applications: ANALYTICS },
      { email: "b@acme.test", applications: [{ application: "DESK" }] },
      { email: "c@acme.test", applications: ANALYTICS },
      { email: "d@acme.test", applications: ANALYTICS },
    ];
    const { inviteUsers } = await gateway.data(ADA, INVITE_ALL, { input: { items } });
    expect(
      inviteUsers.items.map((each: Shown) => [each.isDone, each.refusal?.code, each.refusal?.field]),
    ).toEqual([
      [true, undefined, undefined],
      [false, "CONFLICT", "input.items.1.email"],
      [false, "BAD_USER_INPUT", "input.items.2.email"],
      [false, "BAD_USER_INPUT", "input.items.3.applications.0.values.role"],
      [true, undefined, undefined],
      // Two seats were free.
      [false, "NO_SEAT", "input.items.5"],
    ]);
    expect(await gateway.database.reader.mailedToken.count()).toBe(2);
    const twice = await gateway.ask(ADA, INVITE_ALL, {
      input: {
        items: [
          { email: "x@acme.test", applications: ANALYTICS },
          { email: "X@acme.test", applications: ANALYTICS },
        ],
      },
    });
    expect(onlyError(twice).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.items.1.email",
    });
    for (const input of [{}, { items, csv: "email" }, { items: [] }])
      expect(onlyError(await gateway.ask(ADA, INVITE_ALL, { input })).extensions["code"]).toBe(
        "BAD_USER_INPUT",
      );
  });

  test("UA-65 from CSV, with a preview that does nothing", async () => {
    const { gateway } = await fresh(open);
    const csv = [
      "\ufeffE-mail;Name;CRM.role;CRM.profile;CRM.reportsTo;DESK.role;DESK.profile;DESK.department;DESK.lightAgent;ANALYTICS.role".replace(
        "E-mail",
        "email",
      ),
      'one@acme.test;"One; of two";rep;plain;pia@acme.test;;;;;',
      "two@acme.test;;;;;Agent;Agent;General;yes;",
      "",
      "three@acme.test;;;;;;;;;Boss",
      "ray@acme.test;;;;;;;;;Viewer",
      "five@acme.test;;nowhere;plain;;;;;;",
    ].join("\r\n");
    const { invitationPreview } = await gateway.data(ROOT, PREVIEW, { csv });
    expect(invitationPreview.map((row: Shown) => [row.line, row.email, row.refusal?.code ?? null])).toEqual([
      [2, "one@acme.test", null],
      [3, "two@acme.test", null],
      [5, "three@acme.test", "BAD_USER_INPUT"],
      [6, "ray@acme.test", "CONFLICT"],
      [7, "five@acme.test", "BAD_USER_INPUT"],
    ]);
    expect(invitationPreview[0].name).toBe("One; of two");
    expect(await gateway.database.reader.mailedToken.count()).toBe(0);
    const { inviteUsers } = await gateway.data(ROOT, INVITE_ALL, { input: { csv } });
    expect(inviteUsers.items.map((each: Shown) => each.isDone)).toEqual([true, true, false, false, false]);
    expect(await gateway.database.reader.mailedToken.count()).toBe(2);
  });

  test.each<[string, string, string]>([
    ["nothing", "", "The first line names the columns."],
    ["no address", "name\nx", "A column email is needed."],
    ["nobody", "email", "From 1 to 500 people, not 0."],
    [
      "a column that is none",
      "email,DESK.roll\nx@acme.test,Agent",
      'There is no column "DESK.roll". Did you mean "DESK.role"?',
    ],
    [
      "a column of what is not administered",
      "email,WIKI.space\nx@acme.test,Docs",
      'There is no column "WIKI.space".',
    ],
    [
      "a row of another width",
      "email,name\nx@acme.test,X,Y",
      "Line 2 is no CSV, or has another number of columns than the first.",
    ],
    ["a quote that does not end", 'email\n"x@acme.test', "is no CSV"],
    [
      "too many",
      `email\n${Array.from({ length: 501 }, (_, n) => `p${n}@acme.test`).join("\n")}`,
      "From 1 to 500 people, not 501.",
    ],
  ])("UA-65 CSV with %s is refused as a whole", async (_, csv, message) => {
    const { gateway } = await fresh(open);
    const answer = onlyError(await gateway.ask(DORA, PREVIEW, { csv }));
    expect(answer.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "csv" });
    expect(answer.message).toContain(message);
  });

  test("UA-20 from an application's side: who is here gets it, who is not is invited", async () => {
    const { gateway } = await fresh(open);
    const input = {
      application: "DESK",
      values: DESK,
      items: [
        { user: await gateway.user("pia@acme.test") },
        { email: "new@acme.test" },
        { email: "MO@acme.test" },
        { user: await gateway.user("ray@acme.test") },
        { email: "no address" },
        { user: absentId("User") },
      ],
    };
    const { addApplicationUsers } = await gateway.data(DORA, ADD, { input });
    expect(
      addApplicationUsers.items.map((each: Shown) => [
        each.user?.name ?? null,
        each.user?.status ?? null,
        each.refusal?.code ?? null,
      ]),
    ).toEqual([
      ["Pia", "ACTIVE", null],
      ["new", "PENDING", null],
      ["Mo", "ACTIVE", null],
      [null, null, "ACTION_NOT_AVAILABLE"],
      [null, null, "BAD_USER_INPUT"],
      [null, null, "NOT_FOUND"],
    ]);
    expect(await mailOf(gateway, "new@acme.test")).toMatchObject({ tokens: 1 });
  });

  test("UA-52 UA-65 five hundred at once", async () => {
    const { gateway } = await fresh(open, SUITE.replace("regular: 9", "regular: 600"));
    const items = Array.from({ length: 500 }, (_, n) => ({
      email: `p${n}@acme.test`,
      applications: ANALYTICS,
    }));
    const { inviteUsers } = await gateway.data(ADA, INVITE_ALL, { input: { items } });
    expect(inviteUsers.items.every((each: Shown) => each.isDone)).toBe(true);
    expect(await gateway.database.reader.mailedToken.count()).toBe(500);
  });
});

describeOnBoth("UA-10 the last seat and those who are invited", (open) => {
  test("UA-10 two administrators invite the last one again and again: one does, one is told that there is no seat", async () => {
    const { database, url } = await open();
    const elsewhere = await openTestStore(url);
    try {
      const here = await openGateway(database, SUITE);
      const there = await openGateway(elsewhere, null);
      const seats = `mutation ($input: SetSeatsInput!) { setSeats(input: $input) { organization { key } } }`;
      for (let time = 0; time < 20; time += 1) {
        await here.data(ROOT, seats, { input: { regular: HELD + time + 1 } });
        const invite = (gateway: Gateway, as: string, who: string) =>
          gateway.ask(as, INVITE, { input: { email: `${who}-${time}@acme.test`, applications: ANALYTICS } });
        const answers = await Promise.all([invite(here, ADA, "a"), invite(there, ROOT, "b")]);
        const codes = answers.map(({ errors }: Answer) => errors?.[0]?.extensions["code"] ?? "DONE");
        expect(codes.toSorted()).toEqual(["DONE", "NO_SEAT"]);
      }
    } finally {
      await elsewhere.close();
    }
  }, 120_000);
});
