/**
 * The parts of the organisation file that the generator reads and adds to, as they are written (bundle.md): keys and
 * addresses, no ids. What else stands in the file is passed through.
 */
export type WrittenFile = {
  readonly [section: string]: unknown;
  readonly users: Readonly<Record<string, WrittenUser>>;
  readonly records: WrittenRecords;
  readonly shares: readonly WrittenShare[];
  readonly expect: { readonly at: string };
};

export type WrittenUser = {
  readonly name: string;
  readonly role: string;
  readonly profile?: string;
  readonly license?: "TEAM";
  readonly status?: "INACTIVE" | "PENDING";
  readonly teamModules?: Readonly<Record<string, string>>;
};

/** By module, then record key. */
export type WrittenRecords = Readonly<Record<string, Readonly<Record<string, WrittenRecord>>>>;

export type WrittenValue = string | number | boolean | readonly string[];

export type WrittenRecord = {
  readonly owner: string;
  readonly name: string;
  readonly createdAt: string;
  readonly values: Readonly<Record<string, WrittenValue>>;
};

export type WrittenShare = {
  readonly record: string;
  readonly to:
    | { readonly user: string }
    | { readonly role: string }
    | { readonly roleAndSubordinates: string }
    | { readonly group: string };
  readonly access: "READ_ONLY" | "READ_WRITE" | "FULL";
  readonly expiresAt?: string;
};
