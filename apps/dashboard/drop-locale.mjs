/** Stands in for React Aria's strings of a language that the dashboard does not offer. */
export default function dropLocale() {
  return "export default {};";
}
