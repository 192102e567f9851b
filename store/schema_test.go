package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// A version that changes the layout raises schema, runs
//
//	go test ./store -run TestFilesOfEverySchemaOpen -schema-file
//
// once, and commits the new testdata/schemaN.db and .json beside the old ones,
// which stay as they are for ever.
var makeSchemaFile = flag.Bool("schema-file", false, "write testdata for the present schema")

const schemaEvents = 30

func writeSchemaFile(t *testing.T) {
	t.Helper()
	small := filepath.Join(t.TempDir(), "small.db")
	old, err := os.Open(filepath.Join(filled(t, schemaEvents), FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = old.Close() }() // it was only read
	found, err := surveyFile(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rebuild(t.Context(), found, small, true); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(small)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	kept := fmt.Sprintf("testdata/schema%d", schema)
	for _, name := range []string{filepath.Join(dir, FileName), kept + ".db"} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(kept+".json", told(t, everything(t, dir)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func told(t *testing.T, c contents) []byte {
	t.Helper()
	b, err := json.MarshalIndent(c, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func decoded(t *testing.T, b []byte) (v any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// holds reports whether got says all that want does. It may say more: members
// are added over time.
func holds(got, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		members, ok := got.(map[string]any)
		for name, value := range want {
			ok = ok && holds(members[name], value)
		}
		return ok
	case []any:
		list, ok := got.([]any)
		ok = ok && len(list) == len(want)
		for i := range want {
			ok = ok && holds(list[i], want[i])
		}
		return ok
	}
	return got == want
}

func TestFilesOfEverySchemaOpen(t *testing.T) {
	t.Parallel()
	if *makeSchemaFile {
		writeSchemaFile(t)
	}
	files, err := filepath.Glob("testdata/schema*.db")
	if err != nil || len(files) != schema {
		t.Fatalf("%d files for %d schemas: %v", len(files), schema, err)
	}
	for _, file := range files {
		dir := t.TempDir()
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, FileName), content, 0o600); err != nil {
			t.Fatal(err)
		}
		db := open(t, dir)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(file[:len(file)-len(".db")] + ".json")
		if err != nil {
			t.Fatal(err)
		}
		got := everything(t, dir)
		if len(got.Events) != schemaEvents || !holds(decoded(t, told(t, got)), decoded(t, want)) {
			t.Errorf("%s says something else now", file)
		}
		if r := checked(t, dir); !r.Fine() {
			t.Errorf("%s: %+v", file, r)
		}
		db = open(t, dir)
		add(t, db, rent("later", "1", 1, june18))
	}
}

func TestFileOfALaterSchemaIsRefusedUntouched(t *testing.T) {
	t.Parallel()
	dir := filled(t, 50)
	path := filepath.Join(dir, FileName)
	tamper(t, dir, func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(keySchema, number(schema+1)) })
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, writer := Open(dir)
	_, reader := OpenReader(dir)
	_, check := Check(t.Context(), dir)
	_, repair := Repair(t.Context(), dir, june18)
	for what, err := range map[string]error{"Open": writer, "OpenReader": reader, "Check": check, "Repair": repair} {
		if !errors.Is(err, core.ErrNewer) {
			t.Errorf("%s = %v, want ErrNewer", what, err)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file was changed: %v", err)
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}
