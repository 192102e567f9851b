package table

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Encoding is how a file writes letters as bytes.
type Encoding string

// The encodings that are read. Windows-1252 is the last resort: a file does not
// say that it is in it, and nearly every file of bytes can be read so.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
)

// decoded is a file in UTF-8, without the mark in front. UTF-8 that is damaged
// stays as it is, so that the rows it is in can be told.
func decoded(file []byte) (string, Encoding) {
	for _, mark := range []struct {
		bytes string
		as    Encoding
		by    encoding.Encoding
	}{
		{"\xef\xbb\xbf", UTF8, nil},
		{"\xff\xfe", UTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"\xfe\xff", UTF16BE, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	} {
		if bare, marked := bytes.CutPrefix(file, []byte(mark.bytes)); marked {
			return decodedBy(mark.by, bare), mark.as
		}
	}
	if looksLikeUTF8(file) {
		return string(file), UTF8
	}
	return decodedBy(charmap.Windows1252, file), Windows1252
}

func decodedBy(e encoding.Encoding, file []byte) string {
	if e == nil {
		return string(file)
	}
	text, err := e.NewDecoder().Bytes(file)
	if err != nil { // these decoders replace what they cannot read
		return string(file)
	}
	return string(text)
}

// looksLikeUTF8 reports whether most letters beyond ASCII are whole ones of UTF-8:
// a file that was cut or patched is still in it.
func looksLikeUTF8(file []byte) bool {
	whole, broken := 0, 0
	for len(file) > 0 {
		r, size := utf8.DecodeRune(file)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		file = file[size:]
	}
	return whole >= broken
}
