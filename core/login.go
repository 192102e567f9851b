package core

import "errors"

// ErrLoginPath: the program, or its data, lies in a place whose name the system
// cannot be given for starting it when the user signs in.
var ErrLoginPath = errors.New("path cannot be started at sign-in")
