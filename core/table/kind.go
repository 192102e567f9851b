package table

import (
	"bytes"

	"rentbell/core"
)

// marks are the beginnings of files that people take for tables.
var marks = []struct {
	begins string
	err    error // nil: it is a workbook
}{
	{"PK\x03\x04", nil},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", core.ErrWorkbook}, // Excel before 2007, or with a password
	{"%PDF-", core.ErrPDF},
}

// isWorkbook looks at how a file begins. The error is core.ErrPDF, or core.ErrWorkbook
// when it is one that is not read.
func isWorkbook(file []byte) (bool, error) {
	for _, mark := range marks {
		if bytes.HasPrefix(file, []byte(mark.begins)) {
			return mark.err == nil, mark.err
		}
	}
	return false, nil
}
