// Package core is Rentbell without a face: it receives signed deliveries,
// keeps them, decides when the bell rings, keeps the public address registered
// and writes the accountant's file.
//
// It owns the types everything else speaks in and declares the interfaces it
// needs (Store, Source, Tunnel, Vault); the packages that implement them import
// core, never the reverse. It imports the standard library only, writes no
// prose for people (package ui does) and never logs a body, a secret or a
// tenant's data.
package core
