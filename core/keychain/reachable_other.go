//go:build !(linux || freebsd || netbsd || openbsd || dragonfly)

package keychain

// reachable has nothing to look for: the keychain is part of the system.
func reachable() error { return nil }
