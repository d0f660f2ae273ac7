import type { ReactNode } from "react"
import { Dialog } from "../components/dialog.tsx"

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["j", "k"], "Next and previous row"],
  [["Enter"], "Open the row"],
  [["x"], "Select the agent of the row; with Shift from the one before"],
  [["/", "⌘ K"], "Search everything"],
  [["a"], "Approve the question; once more to confirm"],
  [["d"], "Deny the question; once more to confirm"],
  [["?"], "Show these keys"],
  [["Esc"], "Close what is open"],
]

/** Shows what the keyboard does. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keys"
      description="They work wherever no field is being typed in."
    >
      <dl className="px-5 pb-4">
        {KEYS.map(([keys, does]) => (
          <div key={does} className="flex h-9 items-center justify-between border-t">
            <dt className="text-soft">{does}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded border border-edge bg-panel px-1.5 py-0.5 text-center font-mono text-small"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
