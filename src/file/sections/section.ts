import type { z } from "zod";
import type { Faults } from "../reading/faults.ts";
import type { Entries, Item, Reading } from "../terms/entries.ts";
import type { ExportRun } from "../terms/export-run.ts";
import type { ImportRun } from "../terms/import-run.ts";
import type { FileApplication } from "./applications/index.ts";
import type { DraftExpectations, FileExpectations } from "./expectations.ts";
import type { FileGroup } from "./groups.ts";
import type { DraftModule, FileModule } from "./modules/index.ts";
import type { FileOrganization } from "./organization.ts";
import type { FilePastAccess } from "./past-support.ts";
import type { FileProfile } from "./profiles.ts";
import type { FileRecord, RecordEntries } from "./records/index.ts";
import type { FileRole } from "./roles.ts";
import type { DraftRule, FileRule } from "./rules/index.ts";
import type { FileShare } from "./shares.ts";
import type { FileSupportAccess } from "./support.ts";
import type { FileUser } from "./users/index.ts";

/**
 * An organisation file as read: whole, checked, every default filled in (bundle.md).
 *
 * Maps are keyed as the file is (roles by role key, users by address in lower case …) and keep its order. Every
 * reference points to something in the same file.
 */
export type OrganizationFile = {
  readonly organization: FileOrganization;
  readonly roles: ReadonlyMap<string, FileRole>;
  /** Custom profiles, and `standard` when the file adjusts it; the other system profiles cannot be adjusted. */
  readonly profiles: ReadonlyMap<string, FileProfile>;
  readonly users: ReadonlyMap<string, FileUser>;
  /** Those of the suite first, each as the organisation has it. */
  readonly applications: ReadonlyMap<string, FileApplication>;
  readonly groups: ReadonlyMap<string, FileGroup>;
  /** Always with the built-in `forecasts`, at the end unless the file places it. */
  readonly modules: ReadonlyMap<string, FileModule>;
  readonly sharingRules: ReadonlyMap<string, FileRule>;
  /** By module key, then record key; null when the file says nothing about records. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, FileRecord>> | null;
  /** By record, then party; null when the file says nothing about shares. */
  readonly shares: readonly FileShare[] | null;
  readonly supportAccess: FileSupportAccess | null;
  readonly pastSupportAccess: readonly FilePastAccess[];
  readonly expect: FileExpectations | null;
};

/** What could be read of a file, entry by entry, before entries are held against each other. */
export type Draft = {
  readonly organization: FileOrganization | null;
  readonly roles: Entries<FileRole>;
  readonly profiles: Entries<FileProfile>;
  /** With the addresses as the file writes them, by address in lower case: for places. */
  readonly users: Entries<FileUser> & { readonly spelling: ReadonlyMap<string, string> };
  readonly applications: Entries<FileApplication>;
  readonly groups: Entries<FileGroup>;
  /** With `teamUserModules`. */
  readonly modules: Entries<DraftModule> & { readonly openToTeam: readonly Item<string>[] };
  readonly sharingRules: Entries<DraftRule>;
  readonly records: ReadonlyMap<string, RecordEntries> | null;
  readonly shares: readonly Item<FileShare>[] | null;
  readonly supportAccess: FileSupportAccess | null;
  readonly pastSupportAccess: readonly Item<FilePastAccess>[];
  readonly expect: DraftExpectations | null;
};

/** The nouns of the file, under the names by which it and its draft have them. */
export type SectionName = keyof OrganizationFile & keyof Draft;

/**
 * An import goes through all sections once per step, in this order: a step may count on the rows of the steps before.
 *
 * First what refers to its own kind alone; then people, who have roles, profiles and modules; then what names people;
 * then the ids of records, so that criteria and lookups may point anywhere; then what names records. At last, when
 * pruning, what the file does not name goes: nothing that stays refers to it any more, but for tombstones, which let go
 * of it, and shares, which go with it (SH-39).
 */
export const STEPS = ["structure", "people", "namingPeople", "identities", "namingRecords", "prune"] as const;

/** All that is to be known of one noun of the organisation file. */
export type Section<Name extends SectionName> = {
  /** Its keys at the top of the file, each with the shape of its value. */
  readonly shapes: { readonly [key: string]: z.ZodType };
  /** Reads what has the right shape. */
  readonly read: (reading: Reading) => Draft[Name];
  /** Adds a fault for whatever an entry says that does not go with the others. */
  readonly check: (draft: Draft, faults: Faults) => void;
  /** The section of a file in whose draft nothing is wrong. */
  readonly complete: (draft: Draft) => OrganizationFile[Name];
  readonly print: (file: OrganizationFile) => Iterable<string>;
  /** Makes the rows of the organisation equal to the file. */
  readonly rows: {
    readonly [Step in (typeof STEPS)[number]]?: (run: ImportRun, file: OrganizationFile) => Promise<void>;
  };
  /** Reads the rows of an organisation as the section that would make them. */
  readonly export: (run: ExportRun) => OrganizationFile[Name] | Promise<OrganizationFile[Name]>;
};
