import type { Rows } from "../build.ts";
import { testKind } from "./asked.ts";

const WORLD: Rows = {
  roles: {
    head: { forecastManager: "ray" },
    rep: { parent: "head", forecastManager: "ray" },
    desk: { parent: "head", forecastManager: "moved" },
  },
  users: { hal: "head", ray: "rep", rue: "rep", tim: "desk", moved: "rep", nor: {} },
  modules: { leads: "PRIVATE", forecasts: "PRIVATE", tickets: "TEAM" },
};
const NOT = (who: string) => `${who} is not the forecast manager of the owner's role.`;

testKind("FORECAST_MANAGER", WORLD, [
  {
    title: "SH-22 reads forecasts of the same role",
    asks: ["ray", "READ", "rue", "forecasts"],
    admits: [
      { sentence: "Ray is the forecast manager of the role Rep.", level: "READ_ONLY", rolePath: ["Rep"] },
    ],
  },
  {
    title: "SH-22 with REPORTING too (SH-25)",
    rows: { hierarchy: "REPORTING" },
    asks: ["ray", "READ", "rue", "forecasts"],
    admits: [
      { sentence: "Ray is the forecast manager of the role Rep.", level: "READ_ONLY", rolePath: ["Rep"] },
    ],
  },
  {
    title: "SH-22 does nothing else",
    asks: ["ray", "UPDATE", "rue", "forecasts"],
    refuses: "A forecast manager reads forecasts and does nothing else with them.",
  },
  {
    title: "SH-22 not another role's, even when named there",
    asks: ["ray", "READ", "hal", "forecasts"],
    refuses: NOT("Ray"),
  },
  { title: "SH-22 a colleague does not", asks: ["rue", "READ", "ray", "forecasts"], refuses: NOT("Rue") },
  {
    title: "SH-22 nor who has left the role",
    asks: ["moved", "READ", "tim", "forecasts"],
    refuses: NOT("Moved"),
  },
  {
    title: "SH-22 nor anybody without a role",
    asks: ["nor", "READ", "tim", "forecasts"],
    refuses: NOT("Nor"),
  },
  { title: "SH-22 in no other module", asks: ["ray", "READ", "rue", "leads"], refuses: null },
]);
