package core

import "errors"

// Release is a version of Rentbell that its makers published.
type Release struct {
	Version string       // "1.5.0"
	Page    string       // where it is described and can be downloaded, an https URL
	News    News         // what is new in it
	Setup   ReleasedFile // for Windows
}

// News says what is new, one line each, by language ("en", "es", "zh").
type News map[string][]string

// ReleasedFile is a file of a release.
type ReleasedFile struct {
	URL    string `json:"url"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hexadecimal
}

// Errors of looking for a newer version and of downloading it, beside those of
// the network.
var (
	// ErrForgedUpdate: the list of versions is not signed by one of the makers'
	// keys, or a setup program is not the one that the list names.
	ErrForgedUpdate = errors.New("not signed by Rentbell's makers")
	// ErrExpiredUpdate: the list of versions is genuine, and too old to be
	// believed. Somebody may be holding back a newer one.
	ErrExpiredUpdate = errors.New("the list of versions is out of date")
	// ErrBadUpdate: an answer is larger than it may be, or cannot be read.
	ErrBadUpdate = errors.New("the list of versions cannot be read")
)
