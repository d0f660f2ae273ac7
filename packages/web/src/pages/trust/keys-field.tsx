import type { ReactNode } from "react"
import { SelectField, TextAreaField, TextField } from "../../components/field.tsx"
import type { KeysFrom } from "./trust-draft.ts"
import type { Drafting } from "./trust-fields-form.tsx"

const FROM: Readonly<Record<KeysFrom, string>> = {
  usual: "From where the issuer publishes them",
  address: "From an address",
  inline: "Put in here",
}

const CHOICES = ["usual", "address", "inline"] as const

/** Asks where the keys that tokens are checked by come from, and for the address or the keys themselves. */
export function KeysField({ draft, onChange }: Drafting): ReactNode {
  const say = (name: string, value: string): void => onChange({ said: { ...draft.said, [name]: value } })
  return (
    <>
      <SelectField
        label="Its keys come"
        value={draft.keysFrom}
        onChange={(event) =>
          onChange({ keysFrom: CHOICES.find((one) => one === event.target.value) ?? "usual" })
        }
      >
        {CHOICES.map((one) => (
          <option key={one} value={one}>
            {FROM[one]}
          </option>
        ))}
      </SelectField>
      {draft.keysFrom === "address" && (
        <TextField
          label="Address of its keys"
          hint="Of a JWK set, or of a trust domain’s bundle: https."
          type="url"
          required
          value={draft.said["keysAddress"] ?? ""}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => say("keysAddress", event.target.value)}
        />
      )}
      {draft.keysFrom === "inline" && (
        <TextAreaField
          label="Its public keys"
          hint="A JWK set or one JWK. When the issuer changes its keys, the rule has to be made anew."
          required
          rows={4}
          className="font-mono text-small"
          value={draft.said["keys"] ?? ""}
          maxLength={65_536}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => say("keys", event.target.value)}
        />
      )}
    </>
  )
}
