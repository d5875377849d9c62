/** Who asks Desk in a benchmark. */
export const benchPerson = {
  name: 'Bench',
  email: 'bench@desk.example',
  password: 'correct horse battery',
  roles: ['finance'],
} as const
