//! Writing results: whole files or none, a closed pipe is no error, a full disk is told as such.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::args::Lang;
use crate::exit::{Failure, Status};

/// Writes to standard output through a buffer. A reader that went away (`| head`) ends it quietly.
pub fn to_stdout(lang: Lang, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
            // What is still buffered has no reader; writing it again on drop would fail again.
            let _ = out.into_parts();
            Ok(())
        }
        Err(e) => {
            let _ = out.into_parts();
            Err(failed(lang, lang.say("la sortie standard", "standard output"), &e))
        }
    }
}

/// Writes a file so that it is there whole or not at all: first beside it under another name, then renamed.
pub fn to_file(lang: Lang, path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let part = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let done = File::create(&part).and_then(|file| {
        let mut out = BufWriter::with_capacity(1 << 16, file);
        write(&mut out)?;
        // On some disks being full is only told when the data is forced out.
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&part, path)
    });
    done.map_err(|e| {
        let _ = fs::remove_file(&part);
        failed(lang, &path.display().to_string(), &e)
    })
}

/// Makes the folder results go to.
pub fn folder(lang: Lang, dir: &Path) -> Result<(), Failure> {
    if dir.exists() && !dir.is_dir() {
        let what = lang.say("existe et n’est pas un dossier", "exists and is not a folder");
        return Err(Failure::new(Status::Output, format!("{}: {what}", dir.display())));
    }
    fs::create_dir_all(dir).map_err(|e| failed(lang, &dir.display().to_string(), &e))
}

fn failed(lang: Lang, what: &str, e: &io::Error) -> Failure {
    let reason = match e.kind() {
        io::ErrorKind::StorageFull => lang.say("le disque est plein", "the disk is full").to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => {
            lang.say("le disque est en lecture seule", "the disk is read-only").to_owned()
        }
        io::ErrorKind::PermissionDenied => lang.say("écriture interdite", "writing is not permitted").to_owned(),
        _ => e.to_string(),
    };
    let failure = Failure::new(Status::Output, format!("{what}: {reason}"));
    match e.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => failure
            .hint(lang.say(
                "choisissez un autre dossier avec -o ; rien n’a été remplacé",
                "choose another folder with -o; nothing was replaced",
            )),
        _ => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_no_rest() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("dossier.json");
        fs::write(&path, "old").expect("written");
        let e = to_file(Lang::En, &path, |w| {
            w.write_all(b"new")?;
            Err(io::Error::from(io::ErrorKind::StorageFull))
        })
        .expect_err("must fail");
        assert_eq!(e.status, Status::Output);
        assert!(e.message.ends_with("the disk is full"), "{}", e.message);
        assert_eq!(fs::read_to_string(&path).expect("still there"), "old");
        assert_eq!(fs::read_dir(dir.path()).expect("listed").count(), 1);
    }
}
