import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from "../schemas.ts"
import { complex, type SchemaAttribute, text } from "./schema-attributes.ts"

/** One schema with what it holds here: the one table that discovery shows and filters are held against. */
export interface KnownSchema {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly SchemaAttribute[]
}

const READ_ONLY = { mutability: "readOnly" } as const

/** What is kept of a person. */
export const USER: KnownSchema = {
  id: USER_SCHEMA,
  name: "User",
  description: "A person of the directory",
  attributes: [
    text("userName", "What they sign in as at the provider", { required: true, uniqueness: "server" }),
    complex("name", "The parts of their name", [
      text("formatted", "The whole name"),
      text("familyName", "Their family name"),
      text("givenName", "Their given name"),
    ]),
    text("displayName", "What they are called here"),
    text("title", "What they do"),
    {
      name: "active",
      type: "boolean",
      description: "Whether they may come in, and what they own may act",
    },
    complex(
      "emails",
      "Their address: one is kept, the primary one or that of work",
      [
        text("value", "The address"),
        text("type", "Always work", { canonicalValues: ["work"] }),
        { name: "primary", type: "boolean", description: "Always true" },
      ],
      { multiValued: true },
    ),
    complex(
      "groups",
      "The groups of the provider that they belong to",
      [
        text("value", "The id of the group", READ_ONLY),
        {
          name: "$ref",
          type: "reference",
          description: "Its address",
          referenceTypes: ["Group"],
          ...READ_ONLY,
        },
        text("display", "What it is called", READ_ONLY),
        text("type", "Always direct", { canonicalValues: ["direct"], ...READ_ONLY }),
      ],
      { multiValued: true, ...READ_ONLY },
    ),
  ],
}

/** What of the enterprise extension is kept of a person. */
export const ENTERPRISE: KnownSchema = {
  id: ENTERPRISE_SCHEMA,
  name: "EnterpriseUser",
  description: "What an organisation says of a person",
  attributes: [
    text("employeeNumber", "The organisation's number for them"),
    text("department", "Where they work"),
    complex("manager", "Whom they answer to", [
      text("value", "Their id"),
      {
        name: "$ref",
        type: "reference",
        description: "Their address",
        referenceTypes: ["User"],
        ...READ_ONLY,
      },
      text("displayName", "What they are called", READ_ONLY),
    ]),
  ],
}

/** What is kept of a group: a team, and who belongs to it. */
export const GROUP: KnownSchema = {
  id: GROUP_SCHEMA,
  name: "Group",
  description: "A team of the directory",
  attributes: [
    text("displayName", "What it is called; no two are called the same", {
      required: true,
      uniqueness: "server",
    }),
    complex(
      "members",
      "Who belongs to it: people alone",
      [
        text("value", "Their id", { caseExact: true }),
        {
          name: "$ref",
          type: "reference",
          description: "Their address",
          referenceTypes: ["User"],
          ...READ_ONLY,
        },
        text("display", "What they are called", READ_ONLY),
        text("type", "Always User", { canonicalValues: ["User"] }),
      ],
      { multiValued: true },
    ),
  ],
}

/** What every resource has (RFC 7643 §3.1). */
export const COMMON: readonly SchemaAttribute[] = [
  text("id", "Its id here", { caseExact: true, ...READ_ONLY }),
  text("externalId", "Its id at the provider", { caseExact: true }),
  complex(
    "meta",
    "What is known of the resource itself",
    [
      text("resourceType", "What it is", READ_ONLY),
      { name: "created", type: "dateTime", description: "When it came", ...READ_ONLY },
      { name: "lastModified", type: "dateTime", description: "When it changed last", ...READ_ONLY },
      { name: "location", type: "reference", description: "Its address", ...READ_ONLY },
    ],
    READ_ONLY,
  ),
]
