import { regexes } from "zod";

// zod's own expressions for the formats: every zod-side server then does the same work on them.
const SKU = /^[A-Z]{3}-\d{5}$/;
const UUID = regexes.uuid();
const EMAIL = regexes.email;
const DATE_TIME = regexes.datetime({});

export const isInteger = Number.isSafeInteger;
export const isText = (value) => typeof value === "string";
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
const isBoolean = (value) => typeof value === "boolean";
const isObject = (value) => typeof value === "object" && value !== null;
const isCurrency = (value) => value === "EUR" || value === "USD" || value === "GBP";
const isCount = (value) => isInteger(value) && value >= 0;
const isPrice = (value) => isNumber(value) && value >= 0;
const isDateTime = (value) => isText(value) && DATE_TIME.test(value);

const isAddress = (value) =>
  isObject(value) &&
  isText(value.street) &&
  isText(value.city) &&
  isText(value.zip) &&
  isText(value.country) &&
  value.country.length === 2;

const isSupplier = (value) =>
  isObject(value) &&
  isText(value.name) &&
  isText(value.email) &&
  EMAIL.test(value.email) &&
  isAddress(value.address);

const isDimensions = (value) =>
  isObject(value) &&
  isNumber(value.length) &&
  isNumber(value.width) &&
  isNumber(value.height) &&
  (value.unit === "cm" || value.unit === "in");

const isVariant = (value) =>
  isObject(value) &&
  isInteger(value.id) &&
  isText(value.color) &&
  isText(value.size) &&
  isPrice(value.price) &&
  isCount(value.stock);

const isTag = (value) => isText(value) && value.length <= 30;

export function isTextList(values) {
  return isListOf(values, isText);
}

function isListOf(values, isMember) {
  if (!Array.isArray(values)) return false;
  for (let index = 0; index < values.length; index++) {
    if (!isMember(values[index])) return false;
  }
  return true;
}

/** The checks of schemas/zod.mjs's Item, by hand. */
export function isItem(value) {
  return (
    isObject(value) &&
    isText(value.sku) &&
    SKU.test(value.sku) &&
    isText(value.uuid) &&
    UUID.test(value.uuid) &&
    isText(value.name) &&
    value.name.length >= 1 &&
    value.name.length <= 100 &&
    isText(value.description) &&
    value.description.length <= 500 &&
    isPrice(value.price) &&
    isCurrency(value.currency) &&
    isBoolean(value.inStock) &&
    isCount(value.quantity) &&
    isNumber(value.weight) &&
    isNumber(value.rating) &&
    value.rating >= 0 &&
    value.rating <= 5 &&
    isText(value.category) &&
    isListOf(value.tags, isTag) &&
    value.tags.length <= 20 &&
    isDimensions(value.dimensions) &&
    isSupplier(value.supplier) &&
    isListOf(value.variants, isVariant) &&
    isDateTime(value.createdAt) &&
    isDateTime(value.updatedAt) &&
    isBoolean(value.active) &&
    (value.note === null || isText(value.note))
  );
}

/** A copy with the known keys only, at every depth. */
export function pickItem(value) {
  const { dimensions, supplier } = value;
  const { address } = supplier;
  // oxlint-disable-next-line unicorn/no-new-array -- the length is known: the unit of the bench must not grow it
  const variants = new Array(value.variants.length);
  for (let index = 0; index < variants.length; index++) variants[index] = pickVariant(value.variants[index]);
  return {
    sku: value.sku,
    uuid: value.uuid,
    name: value.name,
    description: value.description,
    price: value.price,
    currency: value.currency,
    inStock: value.inStock,
    quantity: value.quantity,
    weight: value.weight,
    rating: value.rating,
    category: value.category,
    tags: value.tags,
    dimensions: {
      length: dimensions.length,
      width: dimensions.width,
      height: dimensions.height,
      unit: dimensions.unit,
    },
    supplier: {
      name: supplier.name,
      email: supplier.email,
      address: { street: address.street, city: address.city, zip: address.zip, country: address.country },
    },
    variants,
    createdAt: value.createdAt,
    updatedAt: value.updatedAt,
    active: value.active,
    note: value.note,
  };
}

const pickVariant = (value) => ({
  id: value.id,
  color: value.color,
  size: value.size,
  price: value.price,
  stock: value.stock,
});

export const isRow = (value) =>
  isInteger(value.id) &&
  isText(value.sku) &&
  isText(value.name) &&
  isNumber(value.price) &&
  isCurrency(value.currency) &&
  isBoolean(value.inStock) &&
  isInteger(value.quantity) &&
  isNumber(value.rating) &&
  isText(value.createdAt) &&
  isText(value.owner);

export const pickRow = (value) => ({
  id: value.id,
  sku: value.sku,
  name: value.name,
  price: value.price,
  currency: value.currency,
  inStock: value.inStock,
  quantity: value.quantity,
  rating: value.rating,
  createdAt: value.createdAt,
  owner: value.owner,
});
