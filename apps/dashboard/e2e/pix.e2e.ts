import { Buffer } from "node:buffer";
import { openAccount, registerPixKey } from "./books.ts";
import { expect, test } from "./fixtures.ts";

test("a charge's QR image is paid at another bank, its receipt verified, and a part refunded", async ({
  page,
  consortium,
}) => {
  const shop = await openAccount(consortium, {
    bank: "azul",
    holder: "Livia Lojas",
    centavos: 0,
  });
  await openAccount(consortium, { bank: "verde", holder: "Hugo Pagador", centavos: 500_00 });
  await registerPixKey(consortium, shop, "livia@example.com");

  const qr = await test.step("the receiver's bank makes a charge with a QR code", async () => {
    await page.goto("/pix/charges/new?bank=azul");
    await page.getByLabel("Chave do recebedor").fill("livia@example.com");
    await page.getByLabel("Valor").fill("45,90");
    await page.getByRole("button", { name: "Criar cobrança" }).click();
    await expect(page).toHaveURL(/\/pix\/charges\/azul\/[0-9a-f]{32}$/);
    return page.getByRole("img", { name: "QR code da cobrança" }).screenshot();
  });
  const chargeUrl = page.url();

  await test.step("the payer's teller reads the image, confirms the payee and sends", async () => {
    await page.goto("/pix?bank=verde");
    const account = page.getByRole("combobox", { name: /^Conta/ });
    await account.fill("Hugo");
    await expect(page.getByRole("option", { name: /Hugo/ })).toBeVisible();
    await account.press("ArrowDown");
    await account.press("Enter");
    await page.getByLabel("Pagar por").selectOption({ label: "QR code ou copia e cola" });
    const file = { name: "qr.png", mimeType: "image/png", buffer: Buffer.from(qr) };
    await page.getByLabel("Imagem do QR code").setInputFiles(file);
    await expect(page.getByLabel("PIX copia e cola")).toHaveValue(/^000201.*6304[0-9A-F]{4}$/);
    await page.getByRole("button", { name: "Conferir recebedor" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Confirmar PIX" });
    await expect(dialog).toContainText("Livia L.");
    await expect(dialog).toContainText("Primeiro pagamento");
    await dialog.getByRole("button", { name: "Enviar R$\u00a045,90" }).click();
    await expect(page.getByRole("status").filter({ hasText: "enviado" })).toBeVisible();
    await page.getByRole("link", { name: "Ver comprovante" }).click();
  });

  await test.step("the receipt's QR code is verified without any bank", async () => {
    const receipt = page.getByRole("img", { name: "QR code do comprovante" });
    await expect(receipt).toBeVisible();
    const image = await receipt.screenshot();
    await page.goto("/verify");
    const file = { name: "receipt.png", mimeType: "image/png", buffer: Buffer.from(image) };
    await page.getByLabel("Imagem do QR code do comprovante").setInputFiles(file);
    const verdict = page.getByRole("status").filter({ hasText: "Comprovado" });
    await expect(verdict).toContainText("a transferência foi feita");
    await expect(verdict).toContainText("R$\u00a045,90");
  });

  await test.step("the receiver gives a part back, and the rest stays refundable", async () => {
    await page.goto(chargeUrl);
    await page.getByRole("link", { name: "Ver o pagamento" }).click();
    await page.getByLabel("Valor a devolver").fill("10");
    await page.getByRole("button", { name: "Devolver" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Confirmar devolução" });
    await dialog.getByRole("button", { name: "Devolver R$\u00a010,00" }).click();
    const refunds = page.getByRole("region", { name: "Devoluções" });
    await expect(refunds).toContainText("Ainda podem ser devolvidos R$\u00a035,90");
    await expect(refunds.getByRole("table")).toContainText("Devolvido");
  });
});
