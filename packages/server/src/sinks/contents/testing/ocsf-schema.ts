import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { JsonObject } from "@tabard/core"
import { Ajv2020 } from "ajv/dist/2020.js"

/** The contents that are OCSF. */
export const OCSF_CONTENTS = ["ocsf-1.8.0", "ocsf-1.9.0"] as const

type OcsfContent = (typeof OCSF_CONTENTS)[number]

const SHARED = process.env["TABARD_SHARED"] ?? join(import.meta.dirname, "../../../../../../../shared")
const BUNDLES: Readonly<Record<OcsfContent, string>> = {
  "ocsf-1.8.0": join(SHARED, "schemas/ocsf-1.8.0.bundle.json"),
  "ocsf-1.9.0": join(SHARED, "schemas/ocsf-1.9.0-dev.bundle.json"),
}

/** Why nothing can be held against OCSF's schema here, for the `skip` of a suite, or false where it can. */
export function ocsfMissing(content: OcsfContent): string | false {
  return existsSync(BUNDLES[content]) ? false : "the schemas of OCSF are not here (TABARD_SHARED)"
}

/** Answers what holds an event against the schema of its class, and says what is wrong with it. */
export function ocsfValidator(content: OcsfContent): (event: JsonObject) => readonly string[] {
  const bundle: { $defs: object; "x-classes": Record<string, number> } = JSON.parse(
    readFileSync(BUNDLES[content], "utf8"),
  )
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const { "x-classes": classes } = bundle
  ajv.addSchema({ $id: "ocsf", $defs: bundle.$defs })
  return (event) => {
    const name = Object.keys(classes).find((each) => classes[each] === event["class_uid"])
    const validate = ajv.getSchema(`ocsf#/$defs/class_${name}`)
    if (!validate) return [`there is no class ${JSON.stringify(event["class_uid"])}`]
    // As it travels: what is undefined is not there.
    if (validate(JSON.parse(JSON.stringify(event)))) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}
