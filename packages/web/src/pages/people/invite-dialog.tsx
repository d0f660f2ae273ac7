import { ROLES, type Role } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { SelectBox } from "../../components/select-box.tsx"
import { useInvite } from "../../data/people-acts.ts"
import { oneOf } from "../../shell/read-address.ts"
import { InvitationShown } from "./invitation-shown.tsx"
import { ROLE_WORDS } from "./role-words.ts"

/** Asks who is to come in and as what, and shows their link once. */
export function InviteDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, data, isPending, error } = useInvite()
  const [name, setName] = useState("")
  const [email, setEmail] = useState("")
  const [role, setRole] = useState<Role>("member")
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ name: name.trim(), email: email.trim(), role })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Invite a person"
      description="They come in by a one-time link, or by the OpenID provider with this email."
    >
      {data ? (
        <InvitationShown invitation={data} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <div className="space-y-4 px-5 pt-1 pb-5">
            <TextField
              label="Name"
              value={name}
              required
              maxLength={200}
              autoFocus
              onChange={(event) => setName(event.target.value)}
            />
            <TextField
              label="Email"
              type="email"
              value={email}
              required
              maxLength={254}
              onChange={(event) => setEmail(event.target.value)}
            />
            <RoleField role={role} onRole={setRole} />
            <ProblemNote error={error} />
          </div>
          <DialogFoot onClose={onClose}>
            <Button type="submit" look="primary" busy={isPending}>
              Invite
            </Button>
          </DialogFoot>
        </form>
      )}
    </Dialog>
  )
}

function RoleField({ role, onRole }: { role: Role; onRole: (role: Role) => void }): ReactNode {
  return (
    <label className="block space-y-1">
      <span className="font-medium">Role</span>
      <SelectBox
        className="w-full"
        value={role}
        onChange={(event) => onRole(oneOf(ROLE_WORDS)(event.target.value) ?? role)}
      >
        {ROLES.map((one) => (
          <option key={one} value={one}>
            {ROLE_WORDS[one]}
          </option>
        ))}
      </SelectBox>
    </label>
  )
}
