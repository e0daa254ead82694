/** 48 bits in a number. */
export type MacAddr = number;
/** IPv4: 32 bits in a number; IPv6: 128 bits in a bigint. The family is the JavaScript type. */
export type IpAddr = number | bigint;
