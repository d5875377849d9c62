const SHOW_AFTER_MS = 350
/** Long enough to move the pointer onto the bubble, which must stay readable there. */
const HIDE_AFTER_MS = 120
const GAP_PX = 6
const EDGE_PX = 8

/**
 * Shows `bubble` (a manual popover) beside whichever element with `data-tip` is hovered or focused,
 * and links it as that element's description. Escape hides it. `missed` is what happened before this was
 * there to see it. Returns the function that stops.
 */
export function followPointerAndFocus(bubble: HTMLElement, missed: Event): () => void {
  let shownFor: HTMLElement | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = new AbortController()

  const hide = () => {
    clearTimeout(timer)
    shownFor?.removeAttribute('aria-describedby')
    shownFor = null
    if (bubble.matches(':popover-open')) bubble.hidePopover()
  }
  const show = (target: HTMLElement) => {
    clearTimeout(timer)
    const text = target.dataset['tip']
    if (!text || !target.isConnected) return
    if (target.dataset['tipClipped'] !== undefined && !isClipped(target)) return
    if (shownFor !== target) hide()
    shownFor = target
    bubble.textContent = text
    // A name that says the same would be read twice.
    if (target.ariaLabel !== text) target.setAttribute('aria-describedby', bubble.id)
    if (!bubble.matches(':popover-open')) bubble.showPopover()
    place(bubble, target)
  }
  const after = (delayMs: number, action: () => void) => {
    clearTimeout(timer)
    timer = setTimeout(action, delayMs)
  }

  const listen = <K extends keyof DocumentEventMap>(
    type: K,
    handle: (event: DocumentEventMap[K]) => void,
  ) => document.addEventListener(type, handle, { signal: stop.signal, capture: true })

  const onPointer = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return
    const target = tipTarget(event.target)
    if (target && target !== shownFor) after(shownFor ? 0 : SHOW_AFTER_MS, () => show(target))
    else if (target || isInside(bubble, event.target)) clearTimeout(timer)
    else after(HIDE_AFTER_MS, hide)
  }
  const onFocus = (event: Event) => {
    const target = tipTarget(event.target)
    if (target?.matches(':focus-visible')) show(target)
    else hide()
  }
  listen('pointerover', onPointer)
  listen('focusin', onFocus)
  listen('focusout', hide)
  listen('scroll', hide)
  listen('pointerdown', hide)
  listen('keydown', (event) => {
    if (event.key === 'Escape') hide()
  })
  // A click hides the tooltip; when it also changes the text ("Copied"), that is the answer to it.
  const refresh = new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target instanceof HTMLElement && target.matches(':hover, :focus-visible')) show(target)
    }
  })
  refresh.observe(document.body, { subtree: true, attributeFilter: ['data-tip'] })

  if (missed instanceof PointerEvent) onPointer(missed)
  else onFocus(missed)
  return () => {
    stop.abort()
    refresh.disconnect()
    hide()
  }
}

function tipTarget(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
}

/** Of the text, or of the cell it stands in, something is cut off. */
function isClipped(target: HTMLElement): boolean {
  const around = [target, target.closest<HTMLElement>('td, th')]
  return around.some((box) => box !== null && box.scrollWidth > box.clientWidth + 1)
}

function isInside(bubble: HTMLElement, target: EventTarget | null): boolean {
  return target instanceof Node && bubble.contains(target)
}

function place(bubble: HTMLElement, target: HTMLElement): void {
  const around = target.getBoundingClientRect()
  const size = bubble.getBoundingClientRect()
  const fitsAbove = around.top - size.height - GAP_PX >= EDGE_PX
  const top = fitsAbove ? around.top - size.height - GAP_PX : around.bottom + GAP_PX
  const centred = around.left + (around.width - size.width) / 2
  const left = Math.min(Math.max(centred, EDGE_PX), innerWidth - size.width - EDGE_PX)
  bubble.style.top = `${Math.round(top)}px`
  bubble.style.left = `${Math.round(left)}px`
}
