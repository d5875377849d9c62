import pino, { type Logger } from 'pino'

/** Whoever logs a request or an error by mistake does not log these. */
const redactedPaths = [
  'authorization',
  'cookie',
  'password',
  'secretKey',
  'paymentUrl',
  '*.authorization',
  '*.cookie',
  '*.password',
  '*.secretKey',
  '*.paymentUrl',
  'req.headers',
  'err.config',
]

/** JSON lines on standard output. */
export function deskLog(level: string): Logger {
  return pino({ level, redact: redactedPaths })
}
