import type { ReactNode } from "react"

/** A box that picks an agent; with Shift everything from the one before. */
export function PickBox(props: {
  label: string
  checked: boolean
  /** Some of what it stands for is picked. */
  partly?: boolean
  onPick: (extend: boolean) => void
}): ReactNode {
  const { label, checked, partly = false, onPick } = props
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={checked}
      ref={(box) => {
        if (box) box.indeterminate = partly
      }}
      onChange={({ nativeEvent }) => onPick(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
      className="block size-4 accent-accent-fill max-md:size-5"
    />
  )
}
