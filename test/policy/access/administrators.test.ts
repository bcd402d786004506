import { testKind } from "./asked.ts";

const WORLD = {
  roles: { rep: null },
  profiles: {
    viewer: { capabilities: ["VIEW_ALL_DATA"], modules: { leads: ["VIEW", "EDIT", "DELETE"] } },
    fixer: { capabilities: ["MODIFY_ALL_DATA"], modules: { leads: ["VIEW", "EDIT", "DELETE"] } },
  },
  users: {
    ray: "rep",
    vic: { role: "rep", profile: "viewer" },
    fia: { role: "rep", profile: "fixer" },
    ada: { role: "rep", profile: "administrator" },
    sui: { role: "rep", isAdministrator: true },
  },
  modules: { leads: "PRIVATE", tickets: "TEAM" },
} as const;

const by = (sentence: string, level: string) => [{ sentence, level, rolePath: [] }];

testKind("ADMINISTRATOR", WORLD, [
  {
    title: "SH-60 the super administrator",
    asks: ["root", "DELETE", "ray"],
    admits: by("Root is the super administrator.", "MODIFY_ALL_DATA"),
  },
  {
    title: "SH-60 an administrator",
    asks: ["ada", "CHANGE_OWNER", "ray"],
    admits: by("Ada holds MODIFY_ALL_DATA.", "MODIFY_ALL_DATA"),
  },
  {
    title: "SH-60 a holder of VIEW_ALL_DATA reads",
    asks: ["vic", "READ", "ray"],
    admits: by("Vic holds VIEW_ALL_DATA.", "VIEW_ALL_DATA"),
  },
  {
    title: "SH-60 and does nothing else",
    asks: ["vic", "UPDATE", "ray"],
    refuses: "Vic does not hold MODIFY_ALL_DATA.",
  },
  {
    title: "SH-60 a holder of MODIFY_ALL_DATA deletes",
    asks: ["fia", "DELETE", "ray"],
    admits: by("Fia holds MODIFY_ALL_DATA.", "MODIFY_ALL_DATA"),
  },
  {
    title: "SH-60 and reads",
    asks: ["fia", "READ", "ray"],
    admits: by("Fia holds MODIFY_ALL_DATA.", "MODIFY_ALL_DATA"),
  },
  {
    title: "TU-21 in a team module too",
    asks: ["fia", "UPDATE", "ray", "tickets"],
    admits: by("Fia holds MODIFY_ALL_DATA.", "MODIFY_ALL_DATA"),
  },
  {
    title: "UA-03 a suite administrator reaches nothing",
    asks: ["sui", "READ", "ray"],
    refuses: "Sui holds neither VIEW_ALL_DATA nor MODIFY_ALL_DATA.",
  },
]);
