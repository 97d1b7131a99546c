import { download, file, patch } from "@tenon/core";
import { z } from "zod";
import { authed, open } from "../base.ts";
import { config } from "../config.ts";
import { createProduct, findProduct, listProducts, updateProduct } from "../data/products.ts";
import { NOT_FOUND, TAKEN } from "../errors.ts";
import { isPicture, removePicture, savePicture } from "../pictures.ts";
import { Id, Product, ProductDetails, shown } from "../schemas/product.ts";

/** GET /products?search=tea&after=20 */
export const list = open
  .input({
    search: z.string().max(100).optional(),
    after: z.int().min(0).default(0).meta({ description: "The last id of the page before" }),
    limit: z.int().min(1).max(100).default(20),
  })
  .output(z.array(Product))
  .doc({ summary: "List products" })
  .query(async ({ input, database }) => (await listProducts(database, input)).map(shown));

const one = open.input({ id: Id }).errors(NOT_FOUND);

/** GET /products/{id} */
export const read = one
  .output(Product)
  .doc({ summary: "Read a product" })
  .query(async ({ input, database, errors }) => {
    const product = await findProduct(database, input.id);
    return product ? shown(product) : errors.NOT_FOUND({ resource: "product" });
  });

/** GET /products/{id}/picture */
export const picture = one
  .route("GET /{id}/picture")
  .use({ config })
  .output(download())
  .doc({ summary: "A product's picture" })
  .query(async ({ input, database, config, errors }) => {
    const missing = errors.NOT_FOUND({ resource: "picture" });
    const product = await findProduct(database, input.id);
    return product?.picture
      ? { root: config.pictureFolder, path: product.picture, disposition: "inline", missing }
      : missing;
  });

// #region staff
const staff = authed.scopes("products:write");

/** POST /products */
export const create = staff
  .input(ProductDetails)
  .output(Product)
  .errors(TAKEN)
  .doc({ summary: "Add a product" })
  .mutation(async ({ input, database, errors }) => {
    const product = await createProduct(database, input);
    return product ? shown(product) : errors.TAKEN({ field: "name" });
  });

/** PATCH /products/{id} */
export const update = staff
  .input({ id: Id })
  .input(patch(ProductDetails.omit({ name: true })))
  .output(Product)
  .errors(NOT_FOUND)
  .doc({ summary: "Change a product; what is left out stays" })
  .mutation(async ({ input: { id, ...changes }, database, errors }) => {
    const product = await updateProduct(database, id, changes);
    return product ? shown(product) : errors.NOT_FOUND({ resource: "product" });
  });
// #endregion

/** PUT /products/{id}/picture */
export const setPicture = staff
  .route("PUT /{id}/picture")
  .use({ config })
  .input({ id: Id, picture: file({ maxBytes: 2_000_000, types: ["image/png", "image/jpeg", "image/webp"] }) })
  .output(Product)
  .errors({ ...NOT_FOUND, NO_PICTURE: { status: 422, description: "The file is no PNG, JPEG or WebP" } })
  .doc({ summary: "Upload a product's picture" })
  .mutation(async ({ input: { id, picture }, database, config, errors }) => {
    const before = await findProduct(database, id);
    if (before === undefined) {
      return errors.NOT_FOUND({ resource: "product" });
    }
    if (!(await isPicture(picture))) {
      return errors.NO_PICTURE();
    }
    const name = await savePicture(config.pictureFolder, picture);
    const product = await updateProduct(database, id, { picture: name });
    await removePicture(config.pictureFolder, before.picture);
    return product ? shown(product) : errors.NOT_FOUND({ resource: "product" });
  });
