import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"

/** Asks how a new set is called; its values are written where it then opens. */
export function SetNameDialog(props: { onClose: () => void; onNamed: (name: string) => void }): ReactNode {
  const [name, setName] = useState("")
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.onNamed(name)
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Make a set"
      description="Manifests name it, so its name stays. The values come next."
    >
      <form onSubmit={submit}>
        <div className="px-5 pb-5">
          <TextField
            label="Name"
            hint="a to z, 0 to 9 and hyphens, such as payees"
            value={name}
            required
            autoFocus
            autoComplete="off"
            pattern="[a-z][a-z0-9\-]{0,63}"
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <DialogFoot onClose={props.onClose}>
          <Button type="submit" look="primary">
            Go on to its values
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
