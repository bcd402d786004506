/** How the text of one variable becomes a value: what is expected, in words, and the reading of it. */
export type Kind<Value> = {
  readonly expects: string;
  /** Undefined refuses the text. */
  readonly parse: (text: string) => Value | undefined;
};

/** One row of the table of settings. */
export type Setting<Value> = Kind<Value> & {
  readonly variable: string;
  /** The value when the variable is absent or empty; some differ in development. */
  readonly preset: Value | ((isDevelopment: boolean) => Value);
  /** How the preset reads in the printed table. */
  readonly presetText: string;
  readonly meaning: string;
  /** Its text is never repeated, not even in the fault about it. */
  readonly isSecret: boolean;
};

/** One thing wrong with the environment. */
export type SettingFault = { readonly variable: string; readonly problem: string };

/** Says one row; the text of a preset is made from its value unless given. */
export function setting<Value>(
  variable: string,
  kind: Kind<Value>,
  preset: Value | ((isDevelopment: boolean) => Value),
  meaning: string,
  more: { readonly presetText?: string; readonly isSecret?: boolean } = {},
): Setting<Value> {
  const presetText = more.presetText ?? (preset === null ? "" : String(preset));
  return { ...kind, variable, preset, presetText, meaning, isSecret: more.isSecret ?? false };
}

export const text: Kind<string | null> = { expects: "text", parse: (value) => value };

export const flag: Kind<boolean> = {
  expects: "1 or 0 (or true, false)",
  parse: (value) => {
    switch (value.toLowerCase()) {
      case "1":
      case "true":
        return true;
      case "0":
      case "false":
        return false;
      default:
        return undefined;
    }
  },
};

/** Both ends are included. */
export function wholeNumber(from: number, to: number): Kind<number> {
  return {
    expects: `a whole number from ${from} to ${to}`,
    parse: (value) => {
      if (!/^\d{1,15}$/.test(value)) return undefined;
      const number = Number(value);
      return from <= number && number <= to ? number : undefined;
    },
  };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Kind<Word> {
  return { expects: `one of ${words.join(", ")}`, parse: (value) => words.find((word) => word === value) };
}

/** Separated by commas; blanks around an item do not count, an empty item is refused. */
export function listOf<Item>(item: Kind<Item>): Kind<readonly Item[]> {
  return {
    expects: `${item.expects}, several separated by commas`,
    parse: (value) => {
      const items = value
        .split(",")
        .map((part) => (part.trim() === "" ? undefined : item.parse(part.trim())));
      return items.includes(undefined) ? undefined : (items as readonly Item[]);
    },
  };
}

export const word: Kind<string> = { expects: "text without commas", parse: (value) => value };

export const webAddress: Kind<URL | null> = {
  expects: "an http(s) address",
  parse: (value) => {
    const url = URL.parse(value);
    return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url : undefined;
  },
};

/** Scheme, host and port, as a browser sends it in `Origin`. */
export const origin: Kind<string> = {
  expects: "an origin such as https://app.example.test",
  parse: (value) => (webAddress.parse(value)?.origin === value ? value : undefined),
};

export type Database =
  | { readonly kind: "SQLITE"; readonly url: string }
  | { readonly kind: "POSTGRES"; readonly url: string };

export const database: Kind<Database> = {
  expects: "file:path/to/file.db, or postgres://user:password@host/name",
  parse: (value) => {
    if (/^file:.+/.test(value)) return { kind: "SQLITE", url: value };
    const url = URL.parse(value);
    if (url === null || (url.protocol !== "postgres:" && url.protocol !== "postgresql:")) return undefined;
    return { kind: "POSTGRES", url: value };
  },
};

/** A person of the vendor who may be let in, and as what (SA-02). */
export type SupportAgent = { readonly email: string; readonly position: string };

export const supportAgent: Kind<SupportAgent> = {
  expects: "an address and a position such as agent@vendor.example:Engineer",
  parse: (value) => {
    const match = /^([^\s:@]+@[^\s:@]+):\s*(\S.*)$/.exec(value);
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    return { email: match[1].toLowerCase(), position: match[2].trim() };
  },
};
