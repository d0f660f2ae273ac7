import type { TierName } from "@tabard/core"
import { z } from "zod"
import { administrators, readers, stewards } from "./access-groups.ts"
import { DEVICE_OPERATIONS, type DeviceOperations } from "./device-operations.ts"
import { ById, Nothing, TierNameInput } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { ClientGrantView, ClientRuleView, ClientView } from "./views/client.ts"
import { ClientAnswerView, ClientRequestView } from "./views/client-request.ts"

/** What a client is registered as. */
export interface ClientRegistrationInput {
  readonly name: string
  readonly redirectUris: readonly string[]
  /** Public keys as JWKs, by which it authenticates itself; a client without any is public. */
  readonly keys?: readonly Readonly<Record<string, unknown>>[] | undefined
}

/** A rule by which a client is adopted. */
export interface ClientRuleInput {
  readonly match: string
  readonly purpose: string
  readonly tier: TierName
  readonly days: number
}

/** A person's word on what a client asks. */
export interface ClientAnswerInput extends ById {
  readonly agree: boolean
}

const line = (max: number): z.ZodType<string> =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, "holds control characters")

const ClientRegistrationInput: z.ZodType<ClientRegistrationInput> = z.strictObject({
  name: line(80),
  redirectUris: z.array(z.string().max(2000)).min(1).max(20),
  keys: z
    .array(z.record(z.string().max(40), z.unknown()))
    .max(4)
    .optional(),
})

const ClientRuleInput: z.ZodType<ClientRuleInput> = z.strictObject({
  match: line(2000),
  purpose: line(2000),
  tier: TierNameInput,
  days: z.number().int().min(1).max(366),
})

const ClientAnswerInput: z.ZodType<ClientAnswerInput> = z.strictObject({
  id: z.string().max(80),
  agree: z.boolean(),
})

/** The clients that people sign agents in by, and what people let them do. */
export interface ClientOperations extends DeviceOperations {
  readonly listClients: Operation<PageQuery, Page<ClientView>>
  readonly registerClient: Operation<ClientRegistrationInput, ClientView>
  readonly removeClient: Operation<ById, Nothing>
  readonly listClientRules: Operation<PageQuery, Page<ClientRuleView>>
  readonly addClientRule: Operation<ClientRuleInput, ClientRuleView>
  readonly removeClientRule: Operation<ById, Nothing>
  readonly listClientGrants: Operation<PageQuery, Page<ClientGrantView>>
  readonly endClientGrant: Operation<ById, Nothing>
  readonly getClientRequest: Operation<ById, ClientRequestView>
  readonly answerClientRequest: Operation<ClientAnswerInput, ClientAnswerView>
}

export const CLIENT_OPERATIONS: ClientOperations = {
  ...DEVICE_OPERATIONS,
  listClients: list(
    "/clients",
    readers,
    "The clients through which people may sign agents in",
    Paged,
    ClientView,
  ),
  registerClient: post(
    "/clients",
    stewards,
    "Registers a client, so that people may sign agents in through it",
    ClientRegistrationInput,
    ClientView,
  ),
  removeClient: post(
    "/clients/:id/removal",
    stewards,
    "Removes a client for ever, and ends what everybody let it do",
    ById,
    Nothing,
  ),
  listClientRules: list(
    "/client-rules",
    readers,
    "The rules by which clients are adopted for whoever signs them in",
    Paged,
    ClientRuleView,
  ),
  addClientRule: post(
    "/client-rules",
    administrators,
    "Lets a client be adopted for whoever signs it in",
    ClientRuleInput,
    ClientRuleView,
  ),
  removeClientRule: post(
    "/client-rules/:id/removal",
    administrators,
    "Ends a rule; what was adopted by it stays adopted",
    ById,
    Nothing,
  ),
  listClientGrants: list(
    "/client-grants",
    "signed-in",
    "What people let clients do; for a member, their own",
    Paged,
    ClientGrantView,
  ),
  endClientGrant: post(
    "/client-grants/:id/end",
    "signed-in",
    "Signs a client out: its tokens end now",
    ById,
    Nothing,
  ),
  getClientRequest: get(
    "/client-requests/:id",
    "signed-in",
    "What a client asks of the person who signs it in",
    ById,
    ClientRequestView,
  ),
  answerClientRequest: post(
    "/client-requests/:id/answer",
    "signed-in",
    "Answers what a client asks",
    ClientAnswerInput,
    ClientAnswerView,
  ),
}
