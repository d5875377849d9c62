import { useCallback, useEffect, useEffectEvent, useRef } from 'react'
import { type Round, type Rounds, startRounds } from './rounds.ts'

/** Rounds of `run` for as long as the component is on screen; the answer asks for one after so many milliseconds. */
export function useRounds(run: Round): (waitMs: number) => void {
  const rounds = useRef<Rounds>(null)
  const onRound = useEffectEvent(run)
  // The clock is the outside system.
  useEffect(() => {
    const started = startRounds(() => onRound())
    rounds.current = started
    return () => started.stop()
  }, [])
  return useCallback((waitMs) => rounds.current?.ask(waitMs), [])
}
