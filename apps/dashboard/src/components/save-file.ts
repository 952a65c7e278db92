/** Hands a file to the browser, which saves it under its name. */
export function saveFile(file: {
  readonly name: string;
  readonly mediaType: string;
  /** In one piece, or in pieces that follow each other. */
  readonly content: BlobPart | BlobPart[];
}): void {
  const url = URL.createObjectURL(new Blob([file.content].flat(), { type: file.mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(url);
}
