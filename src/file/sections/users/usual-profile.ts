/** The profile of whoever names none. */
export function usualProfile(license: "REGULAR" | "TEAM"): "team-user" | "standard" {
  return license === "TEAM" ? "team-user" : "standard";
}
