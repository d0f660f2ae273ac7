import { type ApiTokenWish, READ_SCOPE } from "@tabard/api"
import { ROLES, type Role } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DialogFoot } from "../../components/dialog.tsx"
import { CheckField, SelectField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { oneOf } from "../../shell/read-address.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { ROLE_WORDS } from "../people/role-words.ts"
import { AUDITOR_SCOPES, SCOPE_WORDS, SCOPES_OFFERED } from "./scope-words.ts"
import { TermChoice } from "./term-choice.tsx"

/** Asks what a token is for, what it may do and for how long. */
export function TokenForm(props: {
  busy: boolean
  error: unknown
  onWish: (wish: ApiTokenWish) => void
  onClose: () => void
}): ReactNode {
  const [purpose, setPurpose] = useState("")
  const [role, setRole] = useState<Role>("auditor")
  const [days, setDays] = useState<number>(90)
  const [scopes, setScopes] = useState<readonly string[]>([READ_SCOPE])
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.onWish({ purpose: purpose.trim(), role, days, scopes })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextField
          label="What it is for"
          hint="So that whoever finds it in the list knows whether it is still needed."
          value={purpose}
          required
          pattern=".*\S.*"
          maxLength={200}
          autoFocus
          onChange={(event) => setPurpose(event.target.value)}
        />
        <ScopeChoice chosen={scopes} onChoose={setScopes} />
        <div className="grid gap-4 md:grid-cols-2">
          <RoleChoice role={role} onRole={setRole} />
          <TermChoice days={days} onDays={setDays} />
        </div>
        <ProblemNote error={props.error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={props.busy} disabled={scopes.length === 0}>
          Make the token
        </Button>
      </DialogFoot>
    </form>
  )
}

function ScopeChoice(props: {
  chosen: readonly string[]
  onChoose: (scopes: readonly string[]) => void
}): ReactNode {
  const readsAll = props.chosen.includes(READ_SCOPE)
  const toggle = (scopes: readonly string[], on: boolean): void => {
    const others = props.chosen.filter((one) => !scopes.includes(one))
    props.onChoose(on ? [...others, ...scopes] : others)
  }
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-medium">What it may ask for</legend>
      <CheckField
        label={<ScopeLabel words="Read everything that its role may read" scope={READ_SCOPE} />}
        hint="Without it you choose what it reads."
        checked={readsAll}
        onChange={(event) => toggle([READ_SCOPE], event.target.checked)}
      />
      {!readsAll && (
        <CheckField
          label={<ScopeLabel words="Verify the log, as an auditor does" scope={AUDITOR_SCOPES.join(" ")} />}
          checked={AUDITOR_SCOPES.every((scope) => props.chosen.includes(scope))}
          onChange={(event) => toggle(AUDITOR_SCOPES, event.target.checked)}
        />
      )}
      {SCOPES_OFFERED.filter((scope) => !(readsAll && scope.endsWith(":read"))).map((scope) => (
        <CheckField
          key={scope}
          label={<ScopeLabel words={SCOPE_WORDS[scope]} scope={scope} />}
          checked={props.chosen.includes(scope)}
          onChange={(event) => toggle([scope], event.target.checked)}
        />
      ))}
    </fieldset>
  )
}

/** What it lets a token do, and the name by which the API's description calls it. */
function ScopeLabel({ words, scope }: { words: string; scope: string }): ReactNode {
  return (
    <>
      {words} <code className="font-mono text-small text-faint">{scope}</code>
    </>
  )
}

function RoleChoice({ role, onRole }: { role: Role; onRole: (role: Role) => void }): ReactNode {
  const own = useSignedIn().user.role
  return (
    <SelectField
      label="At most as"
      hint="What you are at that moment bounds it, too."
      value={role}
      onChange={(event) => onRole(oneOf(ROLE_WORDS)(event.target.value) ?? role)}
    >
      {ROLES.slice(ROLES.indexOf(own)).map((one) => (
        <option key={one} value={one}>
          {ROLE_WORDS[one]}
        </option>
      ))}
    </SelectField>
  )
}
