import { z } from "zod";
import { closed } from "../terms/shape.ts";
import { applications } from "./applications/index.ts";
import { expect } from "./expectations.ts";
import { groups } from "./groups.ts";
import { modules } from "./modules/index.ts";
import { organization } from "./organization.ts";
import { pastSupportAccess } from "./past-support.ts";
import { profiles } from "./profiles.ts";
import { records } from "./records/index.ts";
import { roles } from "./roles.ts";
import { sharingRules } from "./rules/index.ts";
import type { Section, SectionName } from "./section.ts";
import { shares } from "./shares.ts";
import { supportAccess } from "./support.ts";
import { users } from "./users/index.ts";

/** All sections, in the order of the file: they are read, checked, printed, written and exported in it. */
const SECTIONS: { readonly [Name in SectionName]: Section<Name> } = {
  organization,
  roles,
  profiles,
  users,
  applications,
  groups,
  modules,
  sharingRules,
  records,
  shares,
  supportAccess,
  pastSupportAccess,
  expect,
};

export const IN_ORDER = Object.values(SECTIONS);

/** The shape of a whole file: its top-level keys, and the JSON Schema. A file is read section by section. */
export const fileShape = closed({
  sightline: z.literal(1, { error: "1, the version of this format" }).describe("The version of this format."),
  ...shapesOf(IN_ORDER),
});

function shapesOf(sections: readonly Pick<Section<SectionName>, "shapes">[]): Section<SectionName>["shapes"] {
  return Object.assign({}, ...sections.map(({ shapes }) => shapes));
}

const NAMES = Object.keys(SECTIONS) as SectionName[];

/** What each section makes of something, under the section's name. */
export function ofEach<Whole extends { readonly [Name in SectionName]: unknown }>(
  make: <Name extends SectionName>(section: Section<Name>) => Whole[Name],
): Whole {
  return Object.fromEntries(NAMES.map((name) => [name, make(SECTIONS[name])])) as Whole;
}

/** The same, one after the other. */
export async function ofEachInTurn<Whole extends { readonly [Name in SectionName]: unknown }>(
  make: <Name extends SectionName>(section: Section<Name>) => Whole[Name] | Promise<Whole[Name]>,
): Promise<Whole> {
  const parts: [SectionName, unknown][] = [];
  for (const name of NAMES) parts.push([name, await make(SECTIONS[name])]);
  return Object.fromEntries(parts) as Whole;
}
