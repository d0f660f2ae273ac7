/** Which values of `event.type` the Elastic Common Schema expects in a category: facts of its reference. */
export const ECS_TYPES: Readonly<Record<string, readonly string[]>> = {
  api: "access admin allowed change creation deletion denied end info start user".split(" "),
  authentication: ["start", "end", "info"],
  configuration: ["access", "change", "creation", "deletion", "info"],
  iam: ["admin", "change", "creation", "deletion", "group", "info", "user"],
  intrusion_detection: ["allowed", "denied", "info"],
  session: ["start", "end", "info"],
}
