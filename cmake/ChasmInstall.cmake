# Install rules and the exported package: find_package(chasm) gives chasm::sim, chasm::models and, unless the build
# was CHASM_CORE_ONLY, chasm::design, chasm::input, chasm::hpc.
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/chasm)
set(libraries sim models)
set(folders sim models)
if(NOT CHASM_CORE_ONLY)
  list(APPEND libraries design input hpc)
  list(APPEND folders hpc)
endif()
foreach(library IN LISTS libraries)
  set_target_properties(chasm_${library} PROPERTIES EXPORT_NAME ${library})
  install(TARGETS chasm_${library} EXPORT chasm ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endforeach()
install(TARGETS chasm_flags EXPORT chasm)
install(DIRECTORY ${folders} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/chasm FILES_MATCHING PATTERN "*.hpp")

if(NOT CHASM_CORE_ONLY)
  set_target_properties(chasm PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  install(TARGETS chasm RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/chasm)
endif()
install(FILES LICENSE NOTICE THIRD-PARTY.md CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})

install(EXPORT chasm NAMESPACE chasm:: FILE chasmTargets.cmake DESTINATION ${package})
configure_package_config_file(cmake/chasmConfig.cmake.in ${PROJECT_BINARY_DIR}/chasmConfig.cmake
  INSTALL_DESTINATION ${package})
# Before 1.0 every minor version may change what others use.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/chasmConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/chasmConfig.cmake ${PROJECT_BINARY_DIR}/chasmConfigVersion.cmake
  DESTINATION ${package})
