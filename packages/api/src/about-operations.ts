import { z } from "zod"
import { readers } from "./access-groups.ts"
import { Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get } from "./operation-makers.ts"

/** What runs here. */
export interface AboutView {
  /** Of the program that answers. */
  readonly version: string
  readonly node: string
  readonly store: "sqlite" | "postgres"
  /** The last step of the schema that the store has taken. */
  readonly schema: number
  /** The parts that the process which answers plays. */
  readonly roles: readonly string[]
  /** Whether it was started for production, where less may be missing. */
  readonly production: boolean
  /** Whether servers that are started run in a sandbox. */
  readonly sandboxed: boolean
  readonly issuer: string
}

export const AboutView: z.ZodType<AboutView> = z.object({
  version: z.string(),
  node: z.string(),
  store: z.enum(["sqlite", "postgres"]),
  schema: z.number(),
  roles: z.array(z.string()),
  production: z.boolean(),
  sandboxed: z.boolean(),
  issuer: z.string(),
})

/** What runs here, for whoever operates or audits it. */
export interface AboutOperations {
  readonly getAbout: Operation<Nothing, AboutView>
}

export const ABOUT_OPERATIONS: AboutOperations = {
  getAbout: get("/about", readers, "What runs here: version, store, schema and roles", Nothing, AboutView),
}
