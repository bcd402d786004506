import { expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { inProcess } from "../../cli/command-line.ts";
import { describeOnBoth } from "../../database.ts";
import { openGateway } from "../gateway.ts";
import { atVersion, moduleId } from "../noun-id.ts";
import { NOW } from "../world.ts";
import { CREATE, changeField, MO, ROOT, removeField, WORLD, withRules } from "./field-world.ts";

describeOnBoth("structure changed through the API, in a file", (open) => {
  test("BU-02 what was made and changed is exported; applied again it changes nothing, elsewhere it is the same", async () => {
    const { database } = await open();
    const gateway = await openGateway(database, WORLD);
    const change = (name: string, payload: string, input: object) =>
      gateway.data(
        ROOT,
        `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${payload} } }`,
        { input },
      );
    await change("createModule", "module { id }", { key: "visits", label: "Visits", isOpenToTeam: true });
    await change("createModule", "module { id }", { key: "crew", label: "Crew", kind: "TEAM" });
    await change("createProfile", "profile { id }", { name: "Bare", key: "bare" });
    await change("createProfile", "profile { id }", {
      name: "Seller",
      key: "seller",
      permissions: [
        { module: "visits", permissions: ["DELETE", "VIEW"] },
        { module: "leads", permissions: [] },
      ],
      capabilities: ["START_CALL", "VIEW_ACCESS"],
    });
    const { profiles } = await gateway.data(ROOT, `{ profiles { edges { node { id key } } } }`);
    const standard = profiles.edges.find(
      ({ node }: { node: { key: string } }) => node.key === "standard",
    ).node;
    const lists = {
      id: standard.id,
      capabilities: ["SEND_EMAIL"],
      permissions: [{ module: "visits", permissions: ["EDIT", "VIEW"] }],
    };
    await change("updateProfile", "profile { id }", await atVersion(gateway, lists));
    const make = async (input: object) =>
      gateway.data(MO, CREATE, { input: { module: await moduleId(gateway, "leads"), ...input } });
    await make({ key: "note", label: "Note", type: "TEXT", isRequired: true, fillWith: "none" });
    await make({ key: "sizes", type: "MULTI_PICKLIST", options: ["s", "m"] });
    await make({ key: "next", type: "LOOKUP", lookupModule: "visits" });
    await changeField(gateway, MO, "tags", { options: ["hot"], label: "Tags", confirm: true });
    await changeField(gateway, MO, "city", { type: "PICKLIST", options: ["Bonn"], confirm: true });
    await removeField(gateway, MO, "contact");
    await change("deleteModule", "id", { id: await moduleId(gateway, "partners"), confirm: true });

    const text = printOrganizationFile(await exportOrganization(database, "acme"));
    expect(text).toContain("teamUserModules: [ visits ]");
    expect(text).toContain("visits: [ VIEW, DELETE ]");
    const again = await applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now: NOW });
    expect(again).toMatchObject({ isChanged: false });

    const elsewhere = (await open()).database;
    await applyOrganizationFile(elsewhere, { text, name: "acme.yaml" }, null, { now: NOW });
    expect(printOrganizationFile(await exportOrganization(elsewhere, "acme"))).toBe(text);
  });

  test("SH-32 with a rule that cannot be read there is no file, but a sentence that names it", async () => {
    const { database, url } = await open();
    const gateway = await openGateway(
      database,
      withRules({
        sound: "{ field: revenue, op: GT, value: 1 }",
        bonn: "{ field: city, op: EQ, value: Bonn }",
      }),
    );
    const run = () => inProcess(["export", "--org", "acme"], { DATABASE_URL: url });
    expect((await run()).out).toContain("bonn:");
    expect(await removeField(gateway, MO, "city")).not.toHaveProperty("errors");

    await expect(exportOrganization(database, "acme")).rejects.toMatchObject({
      code: "CONFLICT",
      requirement: "SH-32",
    });
    const { code, out, err } = await run();
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe(
      "The criteria of these sharing rules do not fit the fields of their modules any more: bonn. Write them again, or delete the rules, and then export.\n",
    );

    const { sharingRules } = await gateway.data(ROOT, `{ sharingRules { edges { node { id key } } } }`);
    const bonn = sharingRules.edges.find(({ node }: { node: { key: string } }) => node.key === "bonn").node;
    await gateway.data(
      ROOT,
      `mutation ($input: DeleteSharingRuleInput!) { deleteSharingRule(input: $input) { id } }`,
      { input: { id: bonn.id } },
    );
    const after = await run();
    expect(after.code).toBe(0);
    expect(after.out).toContain("sound:");
    expect(after.out).not.toContain("bonn:");
  });
});
