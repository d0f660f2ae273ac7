import {
  CASES_SCHEMA_PATH,
  casesJsonSchema,
  MANIFEST_SCHEMA_PATH,
  manifestJsonSchema,
  ORGANISATION_SCHEMA_PATH,
  organisationJsonSchema,
  STANDARDS_SCHEMA_PATH,
  standardsJsonSchema,
} from "@tabard/intent"
import { Hono } from "hono"

/** How long an editor may go by a schema that it has read. */
const FRESH_SECONDS = 3600

/**
 * The schemas of the files that people write, for their editors. They are public: they are the same in every installation and hold
 * nothing of any.
 */
export function schemasDoor(): Hono {
  const door = new Hono()
  const schemas = [
    [MANIFEST_SCHEMA_PATH, manifestJsonSchema()],
    [STANDARDS_SCHEMA_PATH, standardsJsonSchema()],
    [CASES_SCHEMA_PATH, casesJsonSchema()],
    [ORGANISATION_SCHEMA_PATH, organisationJsonSchema()],
  ] as const
  for (const [path, schema] of schemas) {
    const text = JSON.stringify(schema, null, 2)
    door.get(path, (context) =>
      context.body(text, 200, {
        "content-type": "application/schema+json",
        "cache-control": `public, max-age=${FRESH_SECONDS}`,
      }),
    )
  }
  return door
}
