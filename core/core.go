// Package core is Rentbell's domain: events and what they tell, money and dates,
// settings, secrets and accounts, the rules by which the bell rings, the status, and
// the small interfaces (Store, Source, Registrar, Tunnel, Vault, Machine) that its
// rooms and the packages around them meet at. The rooms below core/ work with these;
// core/bell puts them together.
//
// It has no engine: nothing here starts a goroutine, opens a file or logs. It
// imports the standard library only, and nothing of this module.
package core
