import {
  LIFETIME_MINUTES,
  SIGNING_ALGORITHMS,
  SIGNING_KEY_DAYS,
  type SigningAlgorithm,
  type TierName,
  type TokenSettings,
} from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { CheckField, SelectField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePutTokenSettings } from "../../data/issuer-query.ts"
import { useTierNames } from "../../data/tiers-query.ts"
import { HoursField } from "../conditions/hours-field.tsx"
import { NetworksField } from "../conditions/networks-field.tsx"
import { draftOf, settingsOf, type TokenSettingsDraft, withTier } from "./token-settings-draft.ts"

/** Lets an administrator settle how the tokens of agents are; it counts for tokens from then on. */
export function TokenSettingsForm({ kept }: { kept: TokenSettings }): ReactNode {
  const [written, setWritten] = useState<TokenSettingsDraft>()
  const draft = written ?? draftOf(kept)
  const { mutate, isPending, isSuccess, error } = usePutTokenSettings()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate(settingsOf(draft, kept), { onSuccess: () => setWritten(undefined) })
  }
  return (
    <form onSubmit={submit} aria-label="Agents’ tokens" className="space-y-4">
      <Definitions>
        {ROWS.map(({ name, hint, Fields }) => (
          <Definition key={name} name={name} hint={hint}>
            <Fields draft={draft} onChange={(differs) => setWritten({ ...draft, ...differs })} />
          </Definition>
        ))}
      </Definitions>
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" busy={isPending} disabled={!written}>
          Settle it for tokens from now on
        </Button>
        <p role="status" className="text-small text-faint">
          {isSuccess && !written ? "Settled." : ""}
        </p>
      </div>
      <ProblemNote error={error} />
    </form>
  )
}

/** What a tier has of which nobody settled it. */
const USUAL_MINUTES = 5

interface FieldsProps {
  readonly draft: TokenSettingsDraft
  readonly onChange: (differs: Partial<TokenSettingsDraft>) => void
}

const ROWS: readonly { name: string; hint: string; Fields: (props: FieldsProps) => ReactNode }[] = [
  {
    name: "Lifetime",
    hint: "How many minutes a token lives at most, by the tier of its agent.",
    Fields: Lifetimes,
  },
  {
    name: "Bound to no key",
    hint: "Whoever overhears such a token can use it. Allowed for no tier where nothing is ticked.",
    Fields: BearerTiers,
  },
  {
    name: "Networks",
    hint: "From where agents of a tier may act, such as 10.0.0.0/8, a line each. From anywhere where it is empty.",
    Fields: Networks,
  },
  {
    name: "Hours",
    hint: "When agents of a tier may act. At any time where there are none.",
    Fields: Hours,
  },
  {
    name: "Proofs",
    hint: "A proof that repeats a number of the server’s cannot be made ahead of time. It costs each agent one more request now and then.",
    Fields: Nonce,
  },
  {
    name: "Signing key",
    hint: "What tokens are signed with, and after how many days by another key. Earlier ones are published until their last token ends; another algorithm begins once its key was published for five minutes.",
    Fields: SigningKey,
  },
]

function Lifetimes({ draft, onChange }: FieldsProps): ReactNode {
  const settle = (tier: TierName, minutes: number): void =>
    onChange({ lifetimeMinutes: { ...draft.lifetimeMinutes, [tier]: minutes } })
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {useTierNames().map((tier) => (
        <TextField
          key={tier}
          label={tier}
          type="number"
          required
          {...LIFETIME_MINUTES}
          value={draft.lifetimeMinutes[tier] ?? USUAL_MINUTES}
          onChange={(event) => settle(tier, Number(event.target.value))}
        />
      ))}
    </div>
  )
}

function BearerTiers({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <div className="space-y-2">
      {useTierNames().map((tier) => (
        <CheckField
          key={tier}
          label={tier}
          checked={draft.bearerTiers.includes(tier)}
          onChange={(event) =>
            onChange({ bearerTiers: withTier(draft.bearerTiers, tier, event.target.checked) })
          }
        />
      ))}
    </div>
  )
}

function Networks({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {useTierNames().map((tier) => (
        <NetworksField
          key={tier}
          label={tier}
          typed={draft.networks[tier] ?? ""}
          onTyped={(typed) => onChange({ networks: { ...draft.networks, [tier]: typed } })}
        />
      ))}
    </div>
  )
}

function Hours({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <div className="space-y-4">
      {useTierNames().map((tier) => (
        <HoursField
          key={tier}
          legend={tier}
          hours={draft.hours[tier] ?? []}
          onHours={(hours) => onChange({ hours: { ...draft.hours, [tier]: hours } })}
        />
      ))}
    </div>
  )
}

function Nonce({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <CheckField
      label="Demand a number of the server’s in each proof"
      checked={draft.proofNonce === "required"}
      onChange={(event) => onChange({ proofNonce: event.target.checked ? "required" : "off" })}
    />
  )
}

function SigningKey({ draft, onChange }: FieldsProps): ReactNode {
  return (
    <div className="grid grid-cols-[12rem_6rem] gap-3">
      <SelectField
        label="Algorithm"
        value={draft.signingAlgorithm}
        onChange={(event) =>
          onChange({
            signingAlgorithm: SIGNING_ALGORITHMS.find((one) => one === event.target.value) ?? "ES256",
          })
        }
      >
        {SIGNING_ALGORITHMS.map((algorithm) => (
          <option key={algorithm} value={algorithm}>
            {ALGORITHM_WORDS[algorithm]}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Days"
        type="number"
        required
        {...SIGNING_KEY_DAYS}
        value={draft.signingKeyDays}
        onChange={(event) => onChange({ signingKeyDays: Number(event.target.value) })}
      />
    </div>
  )
}

const ALGORITHM_WORDS: Readonly<Record<SigningAlgorithm, string>> = {
  ES256: "ES256 (P-256)",
  EdDSA: "EdDSA (Ed25519)",
}
